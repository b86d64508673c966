public import TopoPlan

/// Predicts what the plan's network does with packets.
public func predict(_ plan: Plan) -> Prediction {
    Prediction(expectations: [])
}

/// What a network is predicted to do.
public struct Prediction: Sendable {
    /// What check scripts assert.
    public let expectations: [Expectation]
}
