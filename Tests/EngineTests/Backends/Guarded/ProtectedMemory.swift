import Glibc

@testable import Engine

/// Memory of the guarded device: pages that nobody can read or write, except while the device itself
/// has opened them. Whoever touches them in between is stopped by the processor.
final class ProtectedMemory: HostMemory, @unchecked Sendable {
  let bytes: Int
  let start: UnsafeMutableRawPointer
  /// The host must not see the bytes, although their address is known to the kernels inside.
  let shared: UnsafeMutableRawPointer? = nil
  private let mapped: Int
  private var openings = 0

  init(bytes: Int) {
    let page = Int(sysconf(Int32(_SC_PAGESIZE)))
    self.bytes = max(bytes, 1)
    mapped = (self.bytes + page - 1) / page * page
    start = mmap(nil, mapped, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
    precondition(start != MAP_FAILED, "out of memory: \(bytes) bytes were asked for")
  }

  deinit { munmap(start, mapped) }

  func open() {
    openings += 1
    if openings == 1 { protect(PROT_READ | PROT_WRITE) }
  }

  func close() {
    openings -= 1
    if openings == 0 { protect(PROT_NONE) }
  }

  private func protect(_ access: Int32) {
    let status = mprotect(start, mapped, access)
    precondition(status == 0, "mprotect failed: \(errno)")
  }

  /// True where the host could read the first byte now; the operating system tries it.
  var isReadable: Bool {
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { return false }
    defer { for end in ends { Glibc.close(end) } }
    return write(ends[1], start, 1) == 1
  }

  func upload(_ source: UnsafeRawPointer, bytes: Int, to offset: Int) {
    open()
    (start + offset).copyMemory(from: source, byteCount: bytes)
    close()
  }

  func download(_ target: UnsafeMutableRawPointer, bytes: Int, from offset: Int) {
    open()
    target.copyMemory(from: start + offset, byteCount: bytes)
    close()
  }

  func copy(_ source: any DeviceMemory, bytes: Int) {
    open()
    source.download(start, bytes: bytes, from: 0)
    close()
  }
}

/// The memories that a call of the device opens and closes.
struct ProtectedMemories {
  private let memories: [ProtectedMemory]

  init(_ places: [DevicePlace]) {
    var seen: Set<ObjectIdentifier> = []
    memories = places.map(\.memory).filter { seen.insert(ObjectIdentifier($0)).inserted }
      .map { memory in
        guard let memory = memory as? ProtectedMemory else {
          preconditionFailure("the guarded device was given memory of another device")
        }
        return memory
      }
  }

  func opened<Result>(_ body: () throws -> Result) rethrows -> Result {
    for memory in memories { memory.open() }
    defer { for memory in memories { memory.close() } }
    return try body()
  }
}
