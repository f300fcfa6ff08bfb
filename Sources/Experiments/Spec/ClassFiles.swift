internal import Datasets
internal import Groundwork

/// What the class files and tables of colours hold that the trials of a sweep share, each file read
/// once.
struct ClassFiles {
  private var names: [String: Result<[String], DataError>] = [:]
  private var colours: [String: Result<[MaskSetting.Colour], DataError>] = [:]
  private var entries: [String: Result<[ClassFile.Entry], DataError>] = [:]

  mutating func names(in path: String) -> Result<[String], DataError> {
    Self.read(path, &names) { path throws(DataError) in try ClassNames.read(path) }
  }

  mutating func colours(in path: String) -> Result<[MaskSetting.Colour], DataError> {
    Self.read(path, &colours) { path throws(DataError) in
      try ClassFile(path: path).colours().map { .init(name: $0.name, colour: $0.colour) }
    }
  }

  /// The colours that a class file has, of those of its classes that have one.
  mutating func coloursOfClasses(in path: String) -> [String: RGB] {
    let entries = Self.read(path, &entries) { path throws(DataError) in
      try ClassFile(path: path).classes
    }
    let coloured = ((try? entries.get()) ?? []).compactMap { entry in
      entry.colour.map { (entry.name, $0) }
    }
    return Dictionary(coloured, uniquingKeysWith: { first, _ in first })
  }

  private static func read<Value>(
    _ path: String, _ known: inout [String: Result<Value, DataError>],
    _ read: (String) throws(DataError) -> Value
  ) -> Result<Value, DataError> {
    if let result = known[path] { return result }
    let result: Result<Value, DataError>
    do throws(DataError) { result = .success(try read(path)) } catch { result = .failure(error) }
    known[path] = result
    return result
  }
}
