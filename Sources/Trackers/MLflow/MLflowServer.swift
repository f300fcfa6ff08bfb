internal import Foundation

/// A running MLflow server, spoken to as its REST interface 2.0 has it, which has been the same since
/// MLflow 1.
package struct MLflowServer: Sendable {
  package let address: HTTPAddress
  private let client: HTTPClient
  /// Waits so many seconds before a request is sent again.
  private let wait: @Sendable (Double) -> Void

  /// - Parameter environment: `MLFLOW_TRACKING_TOKEN`, or `MLFLOW_TRACKING_USERNAME` and
  ///   `MLFLOW_TRACKING_PASSWORD`, are shown to the server.
  package init(
    _ address: HTTPAddress, environment: [String: String],
    wait: @escaping @Sendable (Double) -> Void = { Thread.sleep(forTimeInterval: $0) }
  ) {
    self.address = address
    self.wait = wait
    var headers: [String: String] = [:]
    if let token = environment["MLFLOW_TRACKING_TOKEN"], Self.isHeader(token) {
      headers["Authorization"] = "Bearer \(token)"
    } else if let user = environment["MLFLOW_TRACKING_USERNAME"] {
      let password = environment["MLFLOW_TRACKING_PASSWORD"] ?? ""
      headers["Authorization"] = "Basic \(Data("\(user):\(password)".utf8).base64EncodedString())"
    }
    client = HTTPClient(address, headers: headers)
  }

  private static func isHeader(_ text: String) -> Bool {
    text.utf8.allSatisfy { (0x21...0x7E).contains($0) }
  }

  // MARK: - Requests

  /// Sends JSON and reads the answer. What cannot be sent twice is not.
  func post<Answer: Decodable>(
    _ call: String, _ body: some Encodable, repeats: Bool = true
  ) throws(TrackerError) -> Answer {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    guard let data = try? encoder.encode(body) else {
      throw TrackerError(
        "\(address)", "\(call) cannot be said in JSON", remedy: "export to a folder with -o")
    }
    return try decoded(call, try answer("POST", Self.path(call), data, repeats: repeats))
  }

  func get<Answer: Decodable>(
    _ call: String, _ query: [(String, String)]
  ) throws(TrackerError) -> Answer {
    let words = query.map { "\($0.0)=\(HTTPClient.encoded($0.1))" }.joined(separator: "&")
    return try decoded(call, try answer("GET", "\(Self.path(call))?\(words)", nil))
  }

  /// Puts a file among a run's artifacts.
  ///
  /// - Parameter place: below `mlflow-artifacts:/`.
  func put(_ bytes: Data, _ place: String) throws(TrackerError) {
    let path =
      "/api/2.0/mlflow-artifacts/artifacts/" + HTTPClient.encoded(place, keeping: "/")
    _ = try answer("PUT", path, bytes, type: "application/octet-stream")
  }

  private static func path(_ call: String) -> String { "/api/2.0/mlflow/\(call)" }

  private func answer(
    _ method: String, _ path: String, _ body: Data?, type: String = "application/json",
    repeats: Bool = true
  ) throws(TrackerError) -> Data {
    var problem = ""
    for pause in repeats ? Self.pauses : [0] {
      if pause > 0 { wait(pause) }
      let sent = Result { () throws(HTTPClient.Interruption) in
        try client.send(method, path, body: body, type: type)
      }
      switch sent {
      case .success(let response) where (200..<300).contains(response.status): return response.body
      case .success(let response) where response.status == 429 || response.status >= 500:
        problem = Refusal.words(response)
      case .success(let response): throw Refusal.error(response, at: "\(address)", path)
      case .failure(let interruption): problem = interruption.reason
      }
    }
    throw TrackerError(
      "\(address)", "\(method) \(path.prefix { $0 != "?" }): \(problem)",
      remedy: "see that the server runs (mlflow server --port \(address.port)), then give the same "
        + "command again: what it has is not sent twice")
  }

  /// Seconds before each attempt.
  private static let pauses: [Double] = [0, 0.5, 1, 2]

  private func decoded<Answer: Decodable>(
    _ call: String, _ body: Data
  ) throws(TrackerError) -> Answer {
    guard let answer = try? JSONDecoder().decode(Answer.self, from: body) else {
      throw TrackerError(
        "\(address)", "its answer to \(call) is not what MLflow answers",
        remedy: "see that it is the address of an MLflow server")
    }
    return answer
  }
}

/// What a server refuses, in its own words.
private enum Refusal {
  private struct Body: Decodable {
    var error_code: String?
    var message: String?
  }

  static func words(_ response: HTTPClient.Response) -> String {
    let body = try? JSONDecoder().decode(Body.self, from: response.body)
    let message = body?.message.map { ": \($0.prefix(300))" } ?? ""
    return "it answers \(response.status)\(body?.error_code.map { " \($0)" } ?? "")\(message)"
  }

  static func error(
    _ response: HTTPClient.Response, at place: String, _ path: String
  ) -> TrackerError {
    let remedy =
      switch response.status {
      case 401, 403:
        "set MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD, or MLFLOW_TRACKING_TOKEN"
      case 404: "see that it is the address of an MLflow server of version 1 or later"
      default: "export to a folder with -o and look at what is refused"
      }
    return TrackerError(
      place, "\(path.prefix { $0 != "?" }): \(words(response))", remedy: remedy)
  }
}
