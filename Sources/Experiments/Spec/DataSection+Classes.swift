internal import Datasets
internal import Groundwork

/// What the masks of `data` are read by.

extension Form<DataSection.Classes> {
  /// The path of a file of names, or the names.
  static var classes: Form {
    let file = Form<String>.path.map(
      { DataSection.Classes.file($0) },
      { classes in if case .file(let path) = classes { path } else { nil } })
    let names = Form<[String]>.list(of: .text).called("list of names").map(
      { (names: [String], value: SpecValue) -> DataSection.Classes? in
        do throws(DataError) {
          try ClassNames.check(names)
        } catch {
          for problem in error.problems {
            value.decoder.report(.unfitClasses, "\(value.path): \(problem)", at: value.node.mark)
          }
          return nil
        }
        return DataSection.Classes.names(names)
      },
      { classes in if case .names(let names) = classes { names } else { nil } })
    return either(scalar: file, list: names)
  }
}

/// Pixels of masks that never count.
enum IgnoredPixels: Sendable, Hashable {
  case value(Int)
  /// The name of a colour.
  case name(String)

  var value: Int? { if case .value(let value) = self { value } else { nil } }
  var name: String? { if case .name(let name) = self { name } else { nil } }
}

extension Form<IgnoredPixels> {
  static var ignored: Form {
    let value = Form<Int>.integer(in: MaskSetting.bounds)
    return Form(
      "mask value or color name", .anyOf([value.schema, .types("string")]),
      read: { written in
        guard let scalar = written.node.scalar, scalar.value == .text, !scalar.text.isEmpty else {
          return value.read(written).map { .value($0) }
        }
        return .name(scalar.text)
      },
      write: { pixels in
        switch pixels {
        case .value(let value): .integer(value)
        case .name(let name): .text(name)
        }
      })
  }
}

extension Form<RGB> {
  /// `[red, green, blue]`.
  static var colour: Form {
    let part = Form<Int>.integer(in: 0...255)
    return Form<[Int]>.list(
      "[red, green, blue]", [part, part, part], note: ", each from 0 to 255"
    ).map(
      { RGB(UInt8($0[0]), UInt8($0[1]), UInt8($0[2])) }, { $0.components.map { Int($0) } })
  }
}
