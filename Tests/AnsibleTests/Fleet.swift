/// The text of a topology: hosts on one LAN, with containers in two networks that must not meet.
/// - Parameter containers: a line with one more of each host.
func fleet(of count: Int, ssh: String = "{user: root}", containers: String = "", checks: String = "") -> String {
    """
    topology: fleet
    runtime: netns
    bridge-tools: iproute2
    lans: {wire: {subnet: 172.16.0.0/24}}
    networks:
      red: {kind: vxlan, subnet: 10.1.0.0/16}
      blue: {kind: vxlan, subnet: 10.2.0.0/16}
      green: {kind: vxlan, subnet: 10.3.0.0/16}
    hosts:
      host1..host\(count):
        ssh: \(ssh)
        nics: {eth0: {lan: wire, address: auto}}
        containers:
          r: {network: red}
          b: {network: blue}
          \(containers)
    checks:
      - {ping: [host1/r, host\(count)/r]}
    \(checks)

    """
}

/// Hosts whose containers are in one LAN: a tunnel to each of the others would take more neighbours than the kernel's one table
/// for all namespaces holds.
func bridgedFleet(of count: Int) -> String {
    """
    topology: fleet
    runtime: netns
    bridge-tools: iproute2
    lans: {wire: {subnet: 172.16.0.0/24}}
    networks: {red: {kind: bridged, subnet: 172.16.0.0/24}}
    hosts:
      host1..host\(count):
        ssh: {user: root}
        nics: {eth0: {lan: wire}}
        containers: {r: {network: red}}
    checks:
      - {ping: [host1/r, host\(count)/r]}

    """
}
