internal import Datasets
internal import WeightFiles

/// What the class files and tables of colours hold that the trials of a sweep share, each file read
/// once.
struct ClassFiles {
  private var names: [String: Result<[String], DataError>] = [:]
  private var colours: [String: Result<[MaskSetting.Colour], DataError>] = [:]
  private var weightDigests: [String: Result<String, WeightFileError>] = [:]

  mutating func names(in path: String) -> Result<[String], DataError> {
    Self.read(path, &names) { path throws(DataError) in try ClassNames.read(path) }
  }

  mutating func colours(in path: String) -> Result<[MaskSetting.Colour], DataError> {
    Self.read(path, &colours) { path throws(DataError) in
      try ClassFile(path: path).colours().map { .init(name: $0.name, colour: $0.colour) }
    }
  }

  /// SHA-256 of a file of weights that can be read.
  mutating func weightDigest(in path: String) -> Result<String, WeightFileError> {
    if let known = weightDigests[path] { return known }
    let result: Result<String, WeightFileError>
    do throws(WeightFileError) {
      result = .success(try WeightFile.open(path).digest)
    } catch { result = .failure(error) }
    weightDigests[path] = result
    return result
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
