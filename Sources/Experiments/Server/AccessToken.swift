import Foundation

/// A secret that nobody guesses: 128 random bits.
struct AccessToken: Sendable {
  /// 32 hexadecimal digits.
  let text: String

  init(_ text: String) { self.text = text }

  static func random() -> AccessToken {
    var generator = SystemRandomNumberGenerator()
    let halves = [generator.next(), generator.next()].map { (half: UInt64) in
      let digits = String(half, radix: 16)
      return String(repeating: "0", count: 16 - digits.count) + digits
    }
    return AccessToken(halves.joined())
  }

  /// Tells whether somebody knows the secret. It takes as long however much of it is right, so that
  /// the time says nothing.
  func matches(_ attempt: String?) -> Bool {
    let (secret, attempt) = (Array(text.utf8), Array((attempt ?? "").utf8))
    guard attempt.count == secret.count else { return false }
    var difference: UInt8 = 0
    for (one, other) in zip(secret, attempt) { difference |= one ^ other }
    return difference == 0
  }
}

/// A secret that opens a door once.
final class SingleUseToken: @unchecked Sendable {
  private let token = AccessToken.random()
  private let lock = NSLock()
  // Touched only while `lock` is held.
  private var isUsed = false

  var text: String { token.text }

  /// True for the first who knows it.
  func isSpent(by attempt: String) -> Bool {
    lock.withLock {
      guard !isUsed, token.matches(attempt) else { return false }
      isUsed = true
      return true
    }
  }
}
