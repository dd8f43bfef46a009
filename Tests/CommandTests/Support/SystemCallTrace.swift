import Foundation
import Glibc
import Support

/// A running program that is stopped before and after each system call (ptrace(2)), so that a
/// signal or a failure comes at an exact place of its work.
///
/// Its other threads run on. All calls must come from one thread.
final class SystemCallTrace {
  private typealias Request = @convention(c) (Int32, pid_t, UInt, UInt) -> Int

  /// ptrace(2), whose arguments C declares as any number, which Swift does not import.
  private static let request: Request? = dlsym(nil, "ptrace").map {
    unsafeBitCast($0, to: Request.self)
  }

  /// Whether programs may be followed here; some containers forbid it.
  static let isPossible: Bool = {
    guard request != nil, let place = try? Workspace() else { return false }
    let run = try? place.start(["--version"], startsStopped: true)
    guard let run, (try? SystemCallTrace(run.process)) != nil else { return false }
    return true
  }()

  private let process: ChildProcess

  /// Follows a program that was started stopped.
  ///
  /// - Throws: the error of ptrace(2).
  init(_ process: ChildProcess) throws {
    self.process = process
    var status: Int32 = 0
    waitpid(process.id, &status, WUNTRACED)
    // PTRACE_SEIZE with PTRACE_O_TRACESYSGOOD, which marks stops at system calls.
    guard call(0x4206, 1) == 0 else { throw POSIXError(.init(rawValue: errno) ?? .EPERM) }
    waitpid(process.id, &status, Self.anyThread)
    // Else it would be stopped once more when it is let go.
    process.send(SIGCONT)
  }

  /// __WALL of waitpid(2).
  private static let anyThread = Int32(0x4000_0000)

  /// Goes on to the next beginning or end of a system call; `false` when the program is over.
  func advance() -> Bool {
    var signal: UInt = 0
    while true {
      // PTRACE_SYSCALL, with the signal that the program was stopped for.
      _ = call(24, signal)
      var status: Int32 = 0
      guard waitpid(process.id, &status, Self.anyThread) == process.id else { return false }
      // The macros of wait(2): 0x7F in the low byte means stopped.
      guard status & 0xFF == 0x7F else {
        process.noteEnd(status)
        return false
      }
      let cause = status >> 8
      if cause == SIGTRAP | 0x80 { return true }
      // Above the signal stands an event of ptrace, which is nothing to be handed on.
      signal = cause >> 8 == 0 ? UInt(cause) : 0
    }
  }

  /// Lets the program run on by itself, after a signal if one is given.
  func letGo(sending signal: Int32? = nil) {
    if let signal { process.send(signal) }
    // PTRACE_DETACH.
    _ = call(17, 0)
  }

  /// Whether calls can be looked at and made to fail, which is written for one processor here.
  static var canFail: Bool {
    #if arch(x86_64)
    isPossible
    #else
    false
    #endif
  }

  /// The number of the call at whose beginning the program stands, `nil` at the end of one.
  var beginningCall: UInt? {
    let registers = self.registers
    // Until it has a result, the kernel says that there is no such call.
    return Int(bitPattern: registers[Self.result]) == -Int(ENOSYS)
      ? registers[Self.callNumber] : nil
  }

  /// Makes the call at whose beginning the program stands fail, without having done anything.
  ///
  /// The program stands at the call's end then; `false` when it is over.
  func fail(with error: Int32) -> Bool {
    var registers = self.registers
    registers[Self.callNumber] = .max
    setRegisters(&registers)
    guard advance() else { return false }
    registers = self.registers
    registers[Self.result] = UInt(bitPattern: -Int(error))
    setRegisters(&registers)
    return true
  }

  // Places in user_regs_struct of sys/user.h, by which 64-bit programs of Intel's kind are told.
  private static let registerCount = 27
  private static let result = 10
  private static let callNumber = 15

  private var registers: [UInt] {
    var registers = [UInt](repeating: 0, count: Self.registerCount)
    // PTRACE_GETREGS.
    _ = registers.withUnsafeMutableBytes { call(12, UInt(bitPattern: $0.baseAddress)) }
    return registers
  }

  private func setRegisters(_ registers: inout [UInt]) {
    // PTRACE_SETREGS.
    _ = registers.withUnsafeMutableBytes { call(13, UInt(bitPattern: $0.baseAddress)) }
  }

  private func call(_ request: Int32, _ data: UInt) -> Int {
    Self.request?(request, process.id, 0, data) ?? -1
  }
}
