internal import Archives

extension ZipArchive {
  init(_ contents: FileContents) throws(Refusal) {
    do throws(ZipRefusal) {
      try self.init(contents.bytes)
    } catch {
      throw error.remedy.map { Refusal(error.reason, remedy: $0) } ?? Refusal.damaged(error.reason)
    }
  }
}
