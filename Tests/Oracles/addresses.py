"""Says what Python's ipaddress and the C library make of addresses, for PythonComparisonTests.swift.

A request is a line of tab-separated fields, the first its kind, the others texts in hexadecimal UTF-8; the answer is
one line. A text that is refused is answered with "no".
"""
import ipaddress
import socket
import sys

LINK_LOCAL = ipaddress.ip_network("fe80::/10")
MULTICAST = ipaddress.ip_network("ff00::/8")


def text_of(address):
    """RFC 5952; Python prints IPv4-mapped addresses in dotted decimal from 3.13 only."""
    mapped = address.ipv4_mapped if address.version == 6 else None
    return f"::ffff:{mapped}" if mapped is not None else str(address)


def printed_by_c(address):
    """The C library's text; it prints the deprecated IPv4-compatible addresses in dotted decimal, as RFC 5952 does not."""
    if address.version == 4:
        return socket.inet_ntop(socket.AF_INET, address.packed)
    if 0x10000 <= int(address) < 1 << 32:
        return text_of(address)
    return socket.inet_ntop(socket.AF_INET6, address.packed)


def read_by_c(text):
    family = socket.AF_INET6 if ":" in text else socket.AF_INET
    try:
        socket.inet_pton(family, text)
        return "yes"
    except OSError:
        return "no"


def marks(address):
    """Which of the special ranges it is in; IPv6 by its own ranges, whatever an IPv4 address inside means."""
    if address.version == 4:
        found = [address.is_unspecified, address.is_loopback, address.is_link_local, address.is_multicast]
    else:
        found = [int(address) == 0, int(address) == 1, address in LINK_LOCAL, address in MULTICAST]
    return "".join("1" if mark else "0" for mark in found)


def address(text):
    by_c = read_by_c(text)
    try:
        value = ipaddress.ip_address(text)
    except ValueError:
        return ["no", by_c]
    if value.version == 6 and value.scope_id is not None:
        return ["zone", by_c]
    return [text_of(value), by_c, printed_by_c(value), str(int(value)), marks(value)]


def interface(text):
    try:
        value = ipaddress.ip_interface(text)
    except ValueError:
        return ["no"]
    if value.version == 6 and value.ip.scope_id is not None:
        return ["zone"]
    network = value.network
    first = next(iter(network.hosts()))
    small = network.num_addresses <= 64
    without_broadcast = network.version == 6 or network.prefixlen >= 31
    last = list(network.hosts())[-1] if small else network[-1 if without_broadcast else -2]
    return [
        f"{text_of(value.ip)}/{network.prefixlen}", f"{text_of(network.network_address)}/{network.prefixlen}",
        text_of(network.broadcast_address), text_of(first), text_of(last),
        str(len(list(network.hosts())) if small else int(last) - int(first) + 1),
    ]


def subnet(text):
    try:
        value = ipaddress.ip_network(text, strict=True)
    except ValueError:
        return ["no"]
    if value.version == 6 and value.network_address.scope_id is not None:
        return ["zone"]
    return [f"{text_of(value.network_address)}/{value.prefixlen}"]


def pair(left, right, inside):
    left, right = ipaddress.ip_network(left), ipaddress.ip_network(right)
    same = left.version == right.version
    found = [
        same and right.subnet_of(left), same and left.subnet_of(right), left.overlaps(right),
        ipaddress.ip_address(inside) in left, ipaddress.ip_address(inside) in right,
    ]
    order = same and (left.network_address, left.prefixlen) < (right.network_address, right.prefixlen)
    found.append(order if same else left.version < right.version)
    return ["".join("1" if mark else "0" for mark in found)]


KINDS = {"address": address, "interface": interface, "subnet": subnet, "pair": pair}

for line in sys.stdin.buffer.read().decode("ascii").splitlines():
    kind, *texts = line.split("\t")
    print("\t".join(KINDS[kind](*[bytes.fromhex(text).decode("utf-8") for text in texts])))
