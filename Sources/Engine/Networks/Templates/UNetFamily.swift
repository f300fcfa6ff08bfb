package import Groundwork

/// A template that is ``UNetDesign`` with settings of its own.
package protocol UNetFamily: Template {
  var design: UNetDesign { get }
}

extension UNetFamily {
  package var sizeMultiple: Int { design.sizeMultiple }

  package func network(input: NetworkInput, classes: Int) throws(ComponentError) -> Network {
    try checkSize(input, atLeast: design.smallestSide)
    return try design.network(name: Self.name, input: input, classes: classes)
  }
}
