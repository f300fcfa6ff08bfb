import Testing

@testable import Trackers

@Suite struct EventRecordTests {
  private func payloads(_ bytes: [UInt8]) throws -> (payloads: [[UInt8]], problems: [String]) {
    var reader = EventRecordReader(ByteSource(bytes, path: "events"))
    var payloads: [[UInt8]] = []
    while let payload = try reader.next() { payloads.append(payload) }
    return (payloads, reader.problems)
  }

  @Test("a record is framed as TensorFlow frames it")
  func frame() {
    let event = Event(wallTime: 1_700_000_000, step: 0, fileVersion: Event.version)
    let start: [UInt8] = [
      0x18, 0, 0, 0, 0, 0, 0, 0, 0xA3, 0x7F, 0x4B, 0x22, 0x09, 0, 0, 0, 0x40, 0xFC, 0x54, 0xD9,
      0x41,
    ]
    // The step of 0 may be left out or said: this program says it.
    #expect(event.bytes.dropFirst(12).starts(with: start.dropFirst(12)))
    let framed = EventFrame.bytes(around: Array(repeating: 7, count: 24))
    #expect(Array(framed.prefix(12)) == Array(start.prefix(12)))
  }

  @Test("records are read as they were written, however many")
  func roundTrip() throws {
    let written: [[UInt8]] = [[], [1], Array(repeating: 9, count: 300_000), [2, 3]]
    let read = try payloads(written.flatMap(EventFrame.bytes))
    #expect(read.payloads == written && read.problems.isEmpty)
  }

  @Test("a record that was cut ends the file, wherever it was cut, and is told")
  func truncated() throws {
    let whole = EventFrame.bytes(around: [1, 2, 3])
    for count in 1..<whole.count {
      let read = try payloads(whole + whole.prefix(count))
      #expect(read.payloads == [[1, 2, 3]])
      #expect(read.problems.count == 1 && read.problems[0].contains("byte \(whole.count): "))
      #expect(read.problems[0].contains("\(count) bytes are left out"))
    }
  }

  @Test("a payload with a wrong checksum is left out, and the records behind it are read")
  func damagedPayload() throws {
    var bytes = [[1, 2], [3, 4], [5, 6]].flatMap { EventFrame.bytes(around: $0) }
    bytes[18 + 12] ^= 1
    let read = try payloads(bytes)
    #expect(read.payloads == [[1, 2], [5, 6]])
    #expect(read.problems == ["events: byte 18: the checksum of a record is wrong; it is left out"])
  }

  @Test("behind a wrong length nothing is read, and the place is told")
  func damagedLength() throws {
    var bytes = [[1, 2], [3, 4], [5, 6]].flatMap { EventFrame.bytes(around: $0) }
    bytes[18] ^= 1
    let read = try payloads(bytes)
    #expect(read.payloads == [[1, 2]])
    #expect(read.problems.count == 1 && read.problems[0].contains("byte 18: "))
    #expect(read.problems[0].contains("36 bytes"))
  }

  @Test("a length of more bytes than there are allocates nothing")
  func hugeLength() throws {
    let length = withUnsafeBytes(of: UInt64.max.littleEndian) { Array($0) }
    let check = withUnsafeBytes(of: CRC32C.masked(length).littleEndian) { Array($0) }
    let read = try payloads(length + check)
    #expect(read.payloads.isEmpty && read.problems.count == 1)
  }
}
