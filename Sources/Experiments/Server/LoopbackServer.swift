import Foundation
internal import Groundwork

/// Answers browsers of this machine that know the secret, each on a thread of its own.
///
/// It reads and never writes: whatever changes records is asked for on the command line.
final class LoopbackServer: Sendable {
  let access: ServerAccess
  private let listener: LoopbackListener
  private let patience: ClientConnection.Patience
  private let log: EventLog
  private let content: @Sendable (HTTPRequest) -> HTTPResponse?
  private let connections = ConnectionCount(most: 64)

  /// Where a page hears of what happens.
  static let events = "/events"

  /// - Parameters:
  ///   - log: what ``events`` tells.
  ///   - content: what is at a place; `nil` where nothing is. Called on many threads.
  init(
    port: UInt16, log: EventLog, patience: ClientConnection.Patience = .init(),
    content: @escaping @Sendable (HTTPRequest) -> HTTPResponse?
  ) throws(ListenError) {
    listener = try LoopbackListener(port: port)
    access = ServerAccess(port: listener.port)
    (self.log, self.patience, self.content) = (log, patience, content)
  }

  /// Serves until ``stop()``.
  func run() {
    listener.accept { descriptor in
      guard connections.enter() else {
        _ = ClientConnection(descriptor).send(
          HTTPResponse(.serviceUnavailable, "too many connections are open").head, .init(write: 0.1)
        )
        return
      }
      do {
        // Answers are made elsewhere, so that little is needed to send them.
        try SystemThread.start(stackSize: 256 << 10) { [self] in
          defer { connections.leave() }
          serve(ClientConnection(descriptor))
        }
      } catch {
        connections.leave()
        close(descriptor)
      }
    }
    log.close()
  }

  func stop() { listener.stop() }

  private func serve(_ client: consuming ClientConnection) {
    switch client.request(patience) {
    case nil, .incomplete: return
    case .refused(let status): send(HTTPResponse(status, Self.sentence(status)), .get, client)
    case .request(let request):
      if case .answered(let answer) = access.decision(on: request) {
        return send(answer, request.method, client)
      }
      guard request.path != Self.events else { return stream(request, client) }
      let answer = content(request) ?? HTTPResponse(.notFound, "there is nothing here")
      send(answer, request.method, client)
    }
  }

  private func send(
    _ answer: HTTPResponse, _ method: HTTPRequest.Method, _ client: borrowing ClientConnection
  ) {
    _ = client.send(answer.head + (method == .head ? [] : answer.body), patience)
  }

  /// Tells a page what happens from now on, or since what it heard last.
  private func stream(_ request: HTTPRequest, _ client: borrowing ClientConnection) {
    var heard = request.fields["last-event-id"].flatMap { Int($0) } ?? log.newest
    let head = HTTPResponse(.ok, .events, []).head
    guard client.send(head + Array("retry: 2000\n\n".utf8), patience), request.method == .get
    else { return }
    var silent = 0
    while let events = log.events(after: heard, within: 1), !client.isGone {
      silent = events.isEmpty ? silent + 1 : 0
      guard !events.isEmpty || silent == 15 else { continue }
      silent = 0
      let text = events.isEmpty ? ": still here\n\n" : events.map(\.text).joined()
      guard client.send(Array(text.utf8), patience) else { return }
      heard = events.last?.number ?? heard
    }
  }

  private static func sentence(_ status: HTTPStatus) -> String {
    switch status {
    case .methodNotAllowed: "this server is only read"
    case .contentTooLarge: "a request has no body here"
    case .targetTooLong: "an address has at most \(HTTPRequest.Limit.target) characters"
    case .headTooLarge:
      "a head has at most \(HTTPRequest.Limit.head) bytes and \(HTTPRequest.Limit.fields) fields"
    case .requestTimeout: "the request took too long to arrive"
    case .versionNotSupported: "use HTTP/1.1"
    default: "this is no request that is understood"
    }
  }
}

/// How many connections there are, of those that there may be.
private final class ConnectionCount: @unchecked Sendable {
  private let lock = NSLock()
  // Touched only while `lock` is held.
  private var count = 0
  private let most: Int

  init(most: Int) { self.most = most }

  func enter() -> Bool {
    lock.withLock {
      guard count < most else { return false }
      count += 1
      return true
    }
  }

  func leave() { lock.withLock { count -= 1 } }
}
