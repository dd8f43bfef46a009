import ImportModel
import JSON

/// The body of an update, as JSON.
///
/// A contact without a status changes nothing of whose an extension is: the platform takes it, and it
/// stays unassigned. So what gives an extension to somebody always carries both.
enum ChangeBody {
  /// Gives an extension that is nobody's to a person.
  static func provision(
    _ person: Person,
    number: ExtensionNumber?,
    _ settings: RingCentralSettings
  ) -> String {
    var writer = JSONWriter()
    writer.object { body in
      body.member("status", settings.status.rawValue)
      body.member("contact") { contact in
        contact.object {
          $0.member("firstName", person.firstName)
          if !person.lastName.isEmpty { $0.member("lastName", person.lastName) }
          $0.member("email", person.email)
          if !person.department.isEmpty { $0.member("department", person.department) }
          if !person.jobTitle.isEmpty { $0.member("jobTitle", person.jobTitle) }
        }
      }
      if let number { body.member("extensionNumber", number.description) }
      if let password = person.password { body.member("password", password.text) }
      if let pin = person.pin { body.member("ivrPin", pin.text) }
      body.member("transition") { transition in
        transition.object {
          $0.member("sendWelcomeEmail", settings.sendsWelcome)
          $0.member("sendWelcomeEmailsToUsers", settings.sendsWelcome)
        }
      }
    }
    return writer.text
  }

  /// Gives an extension another number.
  static func renumber(_ number: ExtensionNumber) -> String {
    var writer = JSONWriter()
    writer.object { $0.member("extensionNumber", number.description) }
    return writer.text
  }
}
