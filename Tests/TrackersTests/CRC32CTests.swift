import Testing
import Trackers

@Suite struct CRC32CTests {
  @Test("the checksums are those of the known examples")
  func examples() {
    #expect(CRC32C.value(of: []) == 0)
    #expect(CRC32C.value(of: Array("123456789".utf8)) == 0xE306_9283)
    #expect(CRC32C.masked(Array("123456789".utf8)) == 0xC78A_B0E5)
    #expect(CRC32C.masked([]) == 0xA282_EAD8)
  }
}
