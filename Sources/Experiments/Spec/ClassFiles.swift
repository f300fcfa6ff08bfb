internal import Engine

/// The names in the class files that the trials of a sweep share, each file read once.
struct ClassFiles {
  private var read: [String: Result<[String], DataError>] = [:]

  mutating func names(in path: String) -> Result<[String], DataError> {
    if let known = read[path] { return known }
    let result: Result<[String], DataError>
    do throws(DataError) {
      result = .success(try ClassNames.read(path))
    } catch {
      result = .failure(error)
    }
    read[path] = result
    return result
  }
}
