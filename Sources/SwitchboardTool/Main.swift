import Glibc

@main
enum Main {
    static func main() {
        exit(CommandLineProgram(arguments: Array(CommandLine.arguments.dropFirst())).run())
    }
}
