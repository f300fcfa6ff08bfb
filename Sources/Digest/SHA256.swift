internal import COpenSSL
package import Foundation

/// SHA-256 (FIPS 180-4) of bytes that come in chunks.
package struct SHA256: ~Copyable {
  private let context: OpaquePointer

  /// Without libcrypto's clean-up at exit, which takes its tables from threads that still digest
  /// while the program ends.
  private static let isReady = OPENSSL_init_crypto(UInt64(OPENSSL_INIT_NO_ATEXIT), nil) == 1

  package init() {
    precondition(Self.isReady, "libcrypto could not be started")
    context = EVP_MD_CTX_new()
    precondition(EVP_DigestInit_ex(context, EVP_sha256(), nil) == 1, "libcrypto has no SHA-256")
  }

  deinit { EVP_MD_CTX_free(context) }

  package mutating func update(_ bytes: UnsafeRawBufferPointer) {
    guard let start = bytes.baseAddress, bytes.count > 0 else { return }
    EVP_DigestUpdate(context, start, bytes.count)
  }

  package mutating func update(_ data: some ContiguousBytes) {
    data.withUnsafeBytes { update($0) }
  }

  package mutating func update(_ text: String) { update(Array(text.utf8)) }

  /// The digest as 64 hexadecimal digits.
  package consuming func finalize() -> String { finish().hex }

  /// The digest; what is added next begins another one.
  package mutating func finish() -> Value {
    var bytes = SIMD32<UInt8>()
    withUnsafeMutableBytes(of: &bytes) { buffer in
      _ = EVP_DigestFinal_ex(
        context, buffer.baseAddress?.assumingMemoryBound(to: UInt8.self), nil)
    }
    EVP_DigestInit_ex(context, nil, nil)
    return Value(vector: bytes)
  }

  /// A finished digest.
  package struct Value: Sendable, Hashable {
    fileprivate let vector: SIMD32<UInt8>

    /// Bytes of a digest.
    package static let count = 32

    fileprivate init(vector: SIMD32<UInt8>) { self.vector = vector }

    /// - Returns: `nil` where it is not 32 bytes.
    package init?(bytes: some Collection<UInt8>) {
      guard bytes.count == Self.count else { return nil }
      vector = SIMD32(bytes)
    }

    package var bytes: [UInt8] { vector.indices.map { vector[$0] } }

    /// 64 hexadecimal digits.
    package var hex: String {
      let digits: StaticString = "0123456789abcdef"
      return String(unsafeUninitializedCapacity: 2 * Self.count) { text in
        for index in vector.indices {
          text[2 * index] = digits.utf8Start[Int(vector[index] >> 4)]
          text[2 * index + 1] = digits.utf8Start[Int(vector[index] & 15)]
        }
        return 2 * Self.count
      }
    }
  }

  package static func hex(of data: some ContiguousBytes) -> String {
    var hash = SHA256()
    hash.update(data)
    return hash.finalize()
  }

  package static func hex(of text: String) -> String { hex(of: Array(text.utf8)) }
}
