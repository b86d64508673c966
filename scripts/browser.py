#!/usr/bin/python3
"""Opens a report in headless Chromium as a person would, and says as JSON what is there.

usage: browser.py PAGE [--dark] [--size WxH] [--click ID]... [--fill ID=TEXT]... [--press KEY]... [--save FROM=TO]...
                  [--until SELECTOR]... [--wait SELECTOR] [--screenshot FILE]

PAGE is a file or an http address. --click clicks an element by its identifier, --fill writes into a field, --press sends
a key to what has the focus, --save renames a file over another as an editor does, --until waits for an element; they are
done in the order given. Needs Debian's chromium-driver and python3-selenium.
"""
import argparse
import json
import os
import sys
import tempfile

from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait


class Act(argparse.Action):
    """Keeps the acts in the order in which they were given."""

    def __call__(self, parser, namespace, value, option=None):
        namespace.acts.append((self.dest, value))


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("page")
    parser.add_argument("--dark", action="store_true")
    parser.add_argument("--size", default="1280x1500")
    parser.add_argument("--screenshot")
    parser.add_argument("--wait")
    for act in ("--click", "--fill", "--press", "--save", "--until"):
        parser.add_argument(act, action=Act)
    parser.set_defaults(acts=[])
    return parser.parse_args()


def open_browser(size, is_dark):
    options = webdriver.ChromeOptions()
    # Chromium refuses to run as root with its sandbox; the page is the project's own.
    for option in ("headless=new", "no-sandbox", "disable-gpu", "disable-dev-shm-usage", "hide-scrollbars"):
        options.add_argument(f"--{option}")
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    options.binary_location = "/usr/bin/chromium"
    browser = webdriver.Chrome(service=Service("/usr/bin/chromedriver"), options=options)
    browser.set_page_load_timeout(60)
    width, height = (int(number) for number in size.split("x"))
    browser.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride",
        {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600})
    if is_dark:
        features = [{"name": "prefers-color-scheme", "value": "dark"}]
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
    return browser


def act(browser, kind, value):
    if kind == "click":
        # Where a person would point: in the middle of the thing, through whatever lies over it.
        ActionChains(browser).move_to_element(browser.find_element(By.ID, value)).click().perform()
    elif kind == "fill":
        name, text = value.split("=", 1)
        field = browser.find_element(By.ID, name)
        field.clear()
        field.send_keys(text)
    elif kind == "save":
        os.replace(*value.split("=", 1))
    elif kind == "until":
        wait_for(browser, value)
    else:
        browser.switch_to.active_element.send_keys(getattr(Keys, value.upper(), value))


def wait_for(browser, selector):
    WebDriverWait(browser, 20).until(lambda one: one.find_elements(By.CSS_SELECTOR, selector))


def texts(browser, selector):
    return [element.text for element in browser.find_elements(By.CSS_SELECTOR, selector)]


def state(browser):
    return {
        "title": browser.title,
        "text": browser.find_element(By.TAG_NAME, "body").text,
        "hops": [element.get_attribute("data-node")
                 for element in browser.find_elements(By.CSS_SELECTOR, "#result > ol > li")],
        "steps": texts(browser, "#result > ol > li > ul > li"),
        "result": browser.execute_script("return (document.getElementById('result') || {}).innerText || ''"),
        "live": texts(browser, "#live:not([hidden]) > *"),
        "lit": sorted(element.get_attribute("id") for element in browser.find_elements(By.CSS_SELECTOR, ".lit")),
        "rows": browser.execute_script(
            "return [...document.querySelectorAll('#table-addresses tbody tr')].filter((row) => !row.hidden).length"),
        "width": browser.execute_script("return document.documentElement.scrollWidth"),
        "background": browser.execute_script("return getComputedStyle(document.body).backgroundColor"),
        "requests": browser.execute_script("return performance.getEntriesByType('resource').map((one) => one.name)"),
        "log": [entry["message"] for entry in browser.get_log("browser")],
    }


def main():
    wanted = arguments()
    # What Chromium leaves in its temporary folder goes with it.
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        os.environ["TMPDIR"] = folder
        visit(wanted)


def visit(wanted):
    browser = open_browser(wanted.size, wanted.dark)
    try:
        page = wanted.page if "://" in wanted.page else "file://" + os.path.abspath(wanted.page)
        browser.get(page)
        for kind, value in wanted.acts:
            act(browser, kind, value)
        if wanted.wait:
            wait_for(browser, wanted.wait)
        if wanted.screenshot:
            browser.save_screenshot(wanted.screenshot)
        json.dump(state(browser), sys.stdout)
    finally:
        browser.quit()


main()
