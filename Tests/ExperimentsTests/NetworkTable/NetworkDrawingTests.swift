@testable import Experiments
import Foundation
@testable import Groundwork
@testable import Networks
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

@Suite struct NetworkDrawingTests {
  private static func drawing(_ name: String, level: NetworkBlocks.Level) throws -> NetworkDrawing {
    let type = try #require(Registry.templates.find(name))
    let template = try type.init(FieldValues([:], of: type.fields))
    let extent: SpatialExtent = type.spatialRank == 2 ? [256, 256] : [32, 32, 32]
    let network = try template.network(
      input: NetworkInput(channels: 3, extent: extent), classes: 12)
    return NetworkDrawing(NetworkBlocks(network, level: level))
  }

  @Test(
    "every template is drawn as well-formed XML", arguments: Registry.templates.names,
    [NetworkBlocks.Level.depth(2), .operations])
  func wellFormed(name: String, level: NetworkBlocks.Level) throws {
    let svg = try Self.drawing(name, level: level).svg
    let parser = XMLParser(data: Data(svg.utf8))
    #expect(parser.parse(), "\(String(describing: parser.parserError))")
  }

  @Test("U-Net's skips are arrows from encoder to decoder, each in a lane of its own")
  func skips() throws {
    let drawing = try Self.drawing("unet", level: .depth(2))
    let names = drawing.skips.map {
      "\(drawing.boxes[$0.source].name) \(drawing.boxes[$0.target].name)"
    }
    #expect(
      names.sorted() == (0..<4).map { "encoder\($0) decoder\($0)" })
    #expect(Set(drawing.skips.map(\.lane)).count == 4)
  }

  @Test("boxes lie below each other with room for an arrow")
  func boxes() throws {
    let drawing = try Self.drawing("enet", level: .depth(2))
    for (upper, lower) in zip(drawing.boxes, drawing.boxes.dropFirst()) {
      #expect(lower.top - upper.bottom == NetworkDrawing.gap)
    }
    #expect(drawing.heads.map(\.text) == ["logits 12×256×256"])
  }

  @Test(
    "texts lie beside each other, and within the picture", arguments: Registry.templates.names,
    [NetworkBlocks.Level.depth(2), .operations])
  func texts(name: String, level: NetworkBlocks.Level) throws {
    let svg = try Self.drawing(name, level: level).svg
    let size = try #require(svg.firstMatch(of: /width="([0-9.]+)" height="([0-9.]+)"/))
    let texts = svg.matches(
      of:
        /<text x="([0-9.]+)" y="([0-9.]+)" font-size="([0-9.]+)"( text-anchor="end")?[^>]*>([^<]*)</
    )
    let boxes = try texts.map { text in
      let (x, y) = (try #require(Double(text.1)), try #require(Double(text.2)))
      let height = try #require(Double(text.3))
      let width = 0.602 * height * Double(text.5.count)
      let left = text.4 == nil ? x : x - width
      return (left: left, right: left + width, top: y - 0.8 * height, bottom: y + 0.2 * height)
    }
    #expect(boxes.count > 20)
    let (width, height) = (try #require(Double(size.1)), try #require(Double(size.2)))
    let outside = boxes.filter {
      $0.left < 0 || $0.right > width || $0.top < 0 || $0.bottom > height
    }
    #expect(outside.isEmpty)
    let sorted = boxes.sorted { $0.top < $1.top }
    var overlaps = 0
    for (index, box) in sorted.enumerated() {
      for other in sorted[(index + 1)...].prefix(while: { $0.top < box.bottom })
      where box.left < other.right && other.left < box.right {
        overlaps += 1
      }
    }
    #expect(overlaps == 0)
  }

  @Test("what a name has in it cannot break the document")
  func escaping() {
    var svg = Diagram(width: 10, height: 10, title: "<t>")
    svg.text("<a & \"b\">", x: 0, y: 0, size: 10)
    #expect(svg.svg.contains("&lt;a &amp; &quot;b&quot;&gt;</text>"))
  }
}
