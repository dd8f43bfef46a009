import ImportModel
import JSON
import Pipeline

/// The body of `PUT /user/update-rcextension`: `{"payload":{"userId":"...","rcExtension":"..."}}`.
enum AssignmentBody {
  /// Reads and checks the values of a body.
  static func values(
    in body: [UInt8],
    checker: inout SingleRowChecker
  ) throws(APIFailure) -> (user: ObjectID, number: ExtensionNumber) {
    let payload = try JSONBody.object("payload", in: try JSONBody.object(in: body))
    let userID = try JSONBody.string("userId", in: payload, of: "payload")
    let text = try JSONBody.string("rcExtension", in: payload, of: "payload")
    switch checker.check(userID: userID, extensionNumber: text) {
    case .good(let user, let number): return (user, number)
    case .rejected(let message): throw .invalid(message)
    }
  }
}
