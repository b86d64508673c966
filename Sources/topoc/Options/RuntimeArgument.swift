public import ArgumentParser
public import TopoModel

extension Runtime: ExpressibleByArgument {}
