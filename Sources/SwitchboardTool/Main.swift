import Glibc

@main
enum Main {
    static func main() {
        // A reader that leaves early must not end the program between two changes; the failed write is told instead.
        signal(SIGPIPE, SIG_IGN)
        exit(CommandLineProgram(arguments: Array(CommandLine.arguments.dropFirst())).run())
    }
}
