"""Topologies by which it is seen how cost grows: each shape makes one part of the network large, and leaves the rest small.

Each takes how many there are, and gives the lines of a file without errors.
"""


def address(number):
    return ".".join(str(number >> shift & 255) for shift in (24, 16, 8, 0))


TEN = 10 << 24
LAN = (172 << 24) + (16 << 16)


def head(name, *lans):
    return [f"topology: {name}", "runtime: netns"] + (["lans:", *lans] if lans else []) + ["hosts:"]


def star(hosts, containers=100):
    """Hosts on one LAN that route for the containers on their bridges, by way of the first, with a check for each."""
    lines = head("star", "  internal: {subnet: 172.16.0.0/16}")
    for host in range(1, hosts + 1):
        net = TEN + (host << 8)
        lines += [f"  host{host}:", "    forwarding: true", "    nics:",
                  f"      eth0: {{lan: internal, address: {address(LAN + host)}/16}}", "    bridges:",
                  f"      br0: {{address: {address(net + 1)}/24}}", "    routes:"]
        if host == 1:
            lines += [f"      - {{to: {address(TEN + (far << 8))}/24, via: host{far}}}" for far in range(2, hosts + 1)]
        else:
            lines.append("      - {to: default, via: host1}")
        lines.append("    containers:")
        lines += [f"      c{n}: {{bridge: br0, address: {address(net + n + 1)}/24}}" for n in range(1, containers + 1)]
    return lines + ["checks:"] + [f"  - {{ping: [host1/c1, host{far}/c1]}}" for far in range(2, hosts + 1)]


def links(count):
    """A router with a point-to-point link to each of its containers."""
    return head("links") + ["  hub:", "    forwarding: true", "    containers:"] + [
        f"      c{n}: {{p2p: {address(TEN + 4 * n)}/30}}" for n in range(count)]


def segments(count):
    """A router with a bridge for each of its containers."""
    return head("segments") + ["  hub:", "    forwarding: true", "    bridges:"] + [
        f"      b{n}: {{address: {address(TEN + 8 * n + 1)}/29}}" for n in range(count)] + ["    containers:"] + [
        f"      c{n}: {{bridge: b{n}, address: {address(TEN + 8 * n + 2)}/29}}" for n in range(count)]


def tunnels(count):
    """Two hosts with many VXLANs between them, each in a bridge with an address."""
    lines = head("tunnels", "  wire: {subnet: 172.16.0.0/24, mtu: 1600}")
    for host, far in ((1, 2), (2, 1)):
        lines += [f"  host{host}:", "    nics:", f"      eth0: {{lan: wire, address: 172.16.0.{host}/24}}", "    tunnels:"]
        lines += [f"      t{n}: {{type: vxlan, vni: {n + 1}, remote: host{far}}}" for n in range(count)]
        lines.append("    bridges:")
        lines += [f"      b{n}: {{address: {address(TEN + 256 * n + host)}/24, ports: [t{n}]}}" for n in range(count)]
    return lines


def mesh(hosts):
    """One VXLAN whose ends list all others: the file grows with the square of the hosts."""
    lines = head("mesh", "  wire: {subnet: 172.16.0.0/16, mtu: 1600}")
    for host in range(hosts):
        far = ", ".join(f"host{n}" for n in range(hosts) if n != host)
        lines += [f"  host{host}:", "    nics:", f"      eth0: {{lan: wire, address: {address(LAN + host + 1)}/16}}",
                  "    tunnels:", f"      t: {{type: vxlan, vni: 9, remotes: [{far}]}}", "    bridges:", "      br0: {ports: [t]}",
                  "    containers:", f"      c{host}: {{bridge: br0, address: {address(TEN + host + 1)}/16}}"]
    return lines


def line(routers):
    """Routers in a row, each with a route to each subnet: the file grows with the square of the routers."""
    lines = head("line", *(f"  wire{n}: {{subnet: {address(LAN + 256 * n)}/24}}" for n in range(routers - 1)))
    for own in range(routers):
        left, right = address(LAN + 256 * (own - 1) + 1), address(LAN + 256 * own + 2)
        lines += [f"  r{own}:", "    forwarding: true", "    nics:"]
        lines += [f"      eth0: {{lan: wire{own - 1}, address: {address(LAN + 256 * (own - 1) + 2)}/24}}"] if own else []
        lines += [f"      eth1: {{lan: wire{own}, address: {left_end(own)}/24}}"] if own < routers - 1 else []
        lines += ["    bridges:", f"      br0: {{address: {address(TEN + 256 * own + 1)}/24}}", "    routes:"]
        lines += [f"      - {{to: {address(TEN + 256 * far)}/24, via: {left if far < own else right}}}"
                  for far in range(routers) if far != own]
        lines += [f"      - {{to: {address(LAN + 256 * far)}/24, via: {left if far < own else right}}}"
                  for far in range(routers - 1) if far not in (own - 1, own)]
        lines += ["    containers:", f"      c{own}: {{bridge: br0, address: {address(TEN + 256 * own + 2)}/24}}"]
    return lines + ["checks:", f"  - {{ping: [c0, c{routers - 1}]}}"]


def left_end(wire):
    return address(LAN + 256 * wire + 1)


def hub(containers):
    """Containers on the one bridge of one host, which routes."""
    lines = head("hub-" + str(containers)) + ["  hub:", "    forwarding: true", "    bridges:"]
    lines += [f"      br0: {{address: {address(TEN + 1)}/16}}", "    containers:"]
    return lines + [f"      c{number}: {{bridge: br0, address: {address(TEN + 2 + number)}/16}}" for number in range(containers)]
