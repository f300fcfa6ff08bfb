import Testing

@testable import Tracking

@Suite("Order by similarity")
struct SeriationTests {
  @Test("what lies on a line is put in its order, from whichever order it comes")
  func line() {
    let places: [Double] = [3, 0, 4, 1, 2, 5]
    let similarity = places.map { one in places.map { 1 / (1 + abs($0 - one)) } }
    let order = Seriation(similarity).order.map { places[$0] }
    #expect(order == [0, 1, 2, 3, 4, 5] || order == [5, 4, 3, 2, 1, 0])
  }

  @Test("nothing that resembles nothing stays in its order")
  func equal() {
    #expect(Seriation([[1, 0, 0], [0, 1, 0], [0, 0, 1]]).order == [0, 1, 2])
    #expect(Seriation([]).order == [])
    #expect(Seriation([[1]]).order == [0])
    #expect(Seriation([[1, 0], [0, 1]]).order == [0, 1])
  }

  @Test("classes that are taken for each other become neighbors", arguments: 0..<20)
  func neighbors(_ seed: Int) {
    // Pairs of classes resemble each other, in any places.
    var places = Array(0..<8)
    for place in places.indices { places.swapAt(place, (seed * 7 + place * 5) % 8) }
    let similarity = (0..<8).map { one in
      (0..<8).map { other in places[one] / 2 == places[other] / 2 ? 0.4 : 0.01 }
    }
    let order = Seriation(similarity).order
    #expect(Set(order).count == 8)
    let pairs = order.map { places[$0] / 2 }
    for pair in 0..<4 {
      let found = pairs.indices.filter { pairs[$0] == pair }
      #expect(found[1] - found[0] == 1)
    }
  }
}
