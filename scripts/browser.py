#!/usr/bin/python3
"""Opens a report in headless Chromium as a person would, and says as JSON what is there.

usage: browser.py PAGE [--dark] [--no-script] [--print] [--size WxH] [--focus ID]... [--click ID]... [--fill ID=TEXT]... [--press KEY]... [--save FROM=TO]...
                  [--until SELECTOR]... [--wait SELECTOR] [--screenshot FILE]

PAGE is a file or an http address. --no-script turns the page's scripts off, --print shows it as on paper. --focus moves the focus
to an element, --click clicks an element by its identifier, --fill writes into a field, --press sends
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


# The tables that are wider than what is around them, which does not scroll.
CUT = """
return [...document.querySelectorAll("table")].filter((table) => {
  const around = table.parentElement;
  const isScrolled = ["auto", "scroll"].includes(getComputedStyle(around).overflowX);
  const edge = isScrolled ? document.documentElement.clientWidth : around.getBoundingClientRect().right;
  const end = (isScrolled ? around : table).getBoundingClientRect().right;
  return end > edge + 1;
}).map((table) => table.id)"""

# The parts of the page that are to be seen.
SHOWN = """
return [...document.querySelectorAll(".figure, .trace, .search, .tabs, noscript, section, table")].filter((part) =>
  part.getClientRects().length && getComputedStyle(part).visibility !== "hidden").map((part) => part.id || part.className || part.tagName)"""


class Act(argparse.Action):
    """Keeps the acts in the order in which they were given."""

    def __call__(self, parser, namespace, value, option=None):
        namespace.acts.append((self.dest, value))


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("page")
    parser.add_argument("--dark", action="store_true")
    parser.add_argument("--no-script", action="store_true")
    parser.add_argument("--print", action="store_true")
    parser.add_argument("--size", default="1280x1500")
    parser.add_argument("--screenshot")
    parser.add_argument("--wait")
    for act in ("--focus", "--click", "--fill", "--press", "--save", "--until"):
        parser.add_argument(act, action=Act)
    parser.set_defaults(acts=[])
    return parser.parse_args()


def open_browser(size, is_dark, has_script, is_paper):
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
    browser.execute_cdp_cmd("Performance.enable", {"timeDomain": "threadTicks"})
    if is_paper:
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    if not has_script:
        browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    return browser


def act(browser, kind, value):
    if kind == "click":
        # Where a person would point: in the middle of the thing, through whatever lies over it.
        ActionChains(browser).move_to_element(browser.find_element(By.ID, value)).click().perform()
    elif kind == "focus":
        browser.execute_script("document.getElementById(arguments[0]).focus()", value)
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
        "cut": browser.execute_script(CUT),
        "shown": browser.execute_script(SHOWN),
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
    browser = open_browser(wanted.size, wanted.dark, not wanted.no_script, wanted.print)
    try:
        page = wanted.page if "://" in wanted.page else "file://" + os.path.abspath(wanted.page)
        browser.get(page)
        # What the page's main thread worked, whatever else the machine did meanwhile.
        metrics = browser.execute_cdp_cmd("Performance.getMetrics", {})["metrics"]
        load = next(one["value"] for one in metrics if one["name"] == "TaskDuration") * 1000
        for kind, value in wanted.acts:
            act(browser, kind, value)
        if wanted.wait:
            wait_for(browser, wanted.wait)
        if wanted.screenshot:
            browser.save_screenshot(wanted.screenshot)
        json.dump({**state(browser), "load": load}, sys.stdout)
    finally:
        browser.quit()


main()
