package import Groundwork

/// What a network is built for.
package struct NetworkInput: Sendable, Hashable {
  package var channels: Int
  package var size: Size
  package init(channels: Int, size: Size) {
    self.channels = channels
    self.size = size
  }
}
