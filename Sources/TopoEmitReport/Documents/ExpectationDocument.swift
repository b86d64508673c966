internal import TopoJSON
internal import TopoModel
internal import TopoPlan

/// What is predicted of the packets from one host or container to an address.
func expectationDocument(_ expectation: Expectation) -> JSON {
    let (hops, mtu, reason): (JSON?, JSON?, JSON?) =
        switch expectation.result {
        case .reaches(let hops, let mtu):
            (
                .array(
                    hops.map {
                        ["name": .string($0.name), "addresses": .strings($0.addresses.map(\.description))]
                    }), .number(mtu), nil
            )
        case .fails(let reason): (nil, nil, .string(reason))
        }
    return .members([
        "from": .string(expectation.source.description),
        "to": .string(expectation.target.description),
        "address": .string(expectation.address.description),
        "sender": expectation.sender.map { .string($0.description) },
        "port": expectation.port.map { .number(Int($0.asked)) },
        "seen_as": expectation.translation.map { .string($0.new.description) },
        "stated": .boolean(expectation.isStated),
        "reaches": .boolean(reason == nil),
        "hops": hops,
        "mtu": mtu,
        "reason": reason,
        "inside": expectation.carriage.map(carriageDocument),
    ])
}

private func carriageDocument(_ carriage: Carriage) -> JSON {
    .members([
        "lan": .string(carriage.lan),
        "host": .string(carriage.host),
        "nic": .string(carriage.nic),
        "tunnels": .array(
            carriage.layers.map { layer in
                [
                    "type": .string(layer.carrier.type.rawValue), "source": .string(layer.source.description),
                    "destination": .string(layer.destination.description),
                ]
            }),
    ])
}
