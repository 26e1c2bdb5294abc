import AllEmulators
import Glibc
import SwitchboardSandbox

exit(SandboxProgram(emulators: AllEmulators.list).run(Array(CommandLine.arguments.dropFirst())))
