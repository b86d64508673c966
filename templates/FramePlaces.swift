// The places of each template. Who fills them is beside the backend that writes the file.

extension Places {
    /// Of `up.sh`.
    static var up: Places {
        [
            "hostComment": .text, "titleComment": .text, "descriptionLines": .texts, "commands": .texts,
            "checks": .texts, "persists": .flag, "persistence": .list(["pattern": .text, "lines": .texts]),
            "passages": .texts, "families": .text, "host": .text, "instances": .flag, "docker": .flag, "product": .text,
            "state": .text, "owner": .text, "common": .text, "functions": .text,
        ]
    }

    /// Of `down.sh`.
    static var down: Places {
        [
            "hostComment": .text, "titleComment": .text, "outlives": .texts, "needs": .texts, "instances": .flag,
            "docker": .flag, "marks": .flag, "state": .text, "owner": .text, "needsOwner": .flag, "common": .text,
            "functions": .text, "nothingWord": .text, "doneWord": .text,
        ]
    }

    /// Of `check.sh`.
    static var check: Places {
        [
            "hostComment": .text, "titleComment": .text, "hostWord": .text,
            "insides": .list(["pattern": .text, "command": .text]),
            "interfaces": .list(["pattern": .text, "lines": .texts]),
            "functions": .texts, "tools": .texts, "count": .text, "hasSilence": .flag, "hasServers": .flag,
            "instances": .flag, "dockers": .flag,
            "servers": .texts, "passingCount": .text,
            "silentCount": .text, "passing": .texts, "rest": .texts,
        ]
    }

    /// Of `plain.sh`.
    static var plain: Places { ["hostComment": .text, "titleComment": .text, "commands": .texts] }

    /// Of `capture.sh`.
    static var capture: Places {
        [
            "hostComment": .text, "titleComment": .text,
            "insides": .list(["pattern": .text, "command": .text]),
            "functions": .texts, "lines": .texts,
        ]
    }

    /// Of shell functions that call LXD, or Incus in its place: `ClientWords`.
    static var client: Places { ["client": .text, "product": .text, "setUp": .text] }

    /// Of a topology that a user starts from.
    static var start: Places { ["name": .text] }

    /// Of `install.sh`.
    static var install: Places {
        [
            "hostComment": .text, "titleComment": .text, "checks": .texts, "former": .texts, "units": .texts,
            "links": .text, "state": .text, "owner": .text, "common": .text,
            "functions": .text, "doneWord": .text, "goneWord": .text, "nothingWord": .text,
        ]
    }

    /// Of `lab.sh`.
    static var lab: Places {
        [
            "titleComment": .text, "nameWord": .text, "hosts": .texts, "hostsWord": .text, "silentHostsWord": .text,
            "listenersWord": .text,
            "hasVariants": .flag,
            "lans": .texts, "plugs": .texts, "outsides": .texts, "outsidesWord": .text, "tools": .texts,
            "types": .texts, "needs": .texts,
            "nodes": .list(["pattern": .text, "command": .text]),
            "ambiguous": .list(["pattern": .text, "choices": .text]),
            "nodeList": .text, "functions": .text,
        ]
    }

    /// Of `virtualbox.sh`.
    static var virtualBox: Places {
        [
            "titleComment": .text,
            "machines": .list([
                "host": .text, "hostComment": .text, "variable": .text, "reference": .text,
                "adapters": .list(["comments": .texts, "words": .text]),
            ]),
        ]
    }

    /// Of `inventory.yml`.
    static var inventory: Places {
        [
            "titleComment": .text, "hosts": .list(["name": .text, "lines": .texts]), "hasGroups": .flag,
            "groups": .list(["name": .text, "comment": .text, "hosts": .texts]),
        ]
    }

    /// Of `l2.dot` and `l3.dot`.
    static var figure: Places {
        [
            "name": .text, "id": .text, "title": .text, "titleComment": .text, "description": .text,
            "background": .text, "text": .text, "line": .text, "lines": .texts,
        ]
    }

    /// Of `RUNBOOK.md`.
    static var runbook: Places {
        let interfaces = Kind.list(["name": .text, "facts": .text])
        let hosts = Kind.list([
            "name": .text, "descriptions": .texts, "copy": .text, "run": .text,
            "nics": interfaces, "bridges": interfaces, "tunnels": interfaces, "vlans": interfaces, "nat": interfaces,
            "containers": interfaces,
        ])
        return [
            "name": .text, "title": .text, "descriptions": .texts, "folder": .text, "tools": .text,
            "lans": interfaces, "virtualBox": .list(["hosts": .text, "networks": .text]), "hosts": hosts,
            "reversedHosts": hosts, "claims": .list(["from": .text, "to": .text, "result": .text]),
            "hasClaims": .flag,
            "derived": .list(["places": .text, "what": .text, "value": .text, "from": .text]),
            "hasDerived": .flag,
        ]
    }

    /// Of `report.html`.
    static var report: Places {
        [
            "title": .text, "description": .text, "facts": .text, "notes": .text, "colours": .text, "style": .text,
            "tabs": .text, "figures": .text, "contents": .text, "sections": .text, "data": .text, "script": .text,
            "sources": .text, "live": .text, "language": .text, "skip": .text, "navigation": .text,
            "drawings": .text, "search": .text, "look_for": .text, "theme": .text, "theme_now": .text, "from": .text,
            "to": .text, "trace": .text, "clear": .text, "hint": .text, "without_script": .text, "larger": .text,
            "smaller": .text, "whole": .text, "footer": .text,
        ]
    }

    /// Of `watch.html`, the page before there is a report.
    static var waiting: Places {
        ["title": .text, "colours": .text, "style": .text, "sources": .text, "live": .text]
    }

    /// Of `live.html`, what `topoc watch` adds to a page.
    static var live: Places { ["version": .text] }

    /// Of `reach.html`.
    static var reach: Places { ["title": .text, "classes": .text, "matrices": .text] }
}
