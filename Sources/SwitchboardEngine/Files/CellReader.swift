import SwitchboardCore
import SwitchboardLanguage

/// Reads the cells of one column, whose type is looked at once.
struct CellReader {
    let name: String
    private let type: ValueType
    private let form: Form
    private let isOptional: Bool

    private enum Form { case text, int, phone, other }

    init(_ name: String, _ type: ValueType) {
        self.name = name
        self.type = type
        isOptional = type.unwrapped != type
        form =
            switch type.unwrapped {
            case .string, .any, .path, .provider: .text
            case .int: .int
            case .phone: .phone
            default: .other
            }
    }

    /// The value of a cell in which no quote stands twice; nil where it is none of this type.
    func value(_ bytes: UnsafeBufferPointer<UInt8>) -> Value? {
        if bytes.isEmpty { return emptyValue }
        switch form {
        case .text: return .string(String(decoding: bytes, as: UTF8.self))
        case .int: return int(bytes).map { .int($0) }
        case .phone: return E164(String(decoding: bytes, as: UTF8.self)).map { .phone($0) }
        case .other: return try? Value.read(String(decoding: bytes, as: UTF8.self), as: type)
        }
    }

    /// Whether a cell has a value, which is cheaper to tell than to make.
    func fits(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool { form == .text && !bytes.isEmpty || value(bytes) != nil }

    /// The value of any text.
    func value(of text: String) -> Value? { text.isEmpty ? emptyValue : try? Value.read(text, as: type) }

    /// Why a text has no value.
    func fault(_ text: String) -> String {
        if text.isEmpty { return "column '\(name)': the cell is empty, and \(type) is wanted" }
        do {
            _ = try Value.read(text, as: type)
            return "column '\(name)': this is no \(type)"
        } catch { return "column '\(name)': \(SwitchboardError(wrapping: error).message)" }
    }

    private var emptyValue: Value? { isOptional ? .nothing : type == .string ? .string("") : nil }

    private func int(_ bytes: UnsafeBufferPointer<UInt8>) -> Int64? {
        let isNegative = bytes[0] == UInt8(ascii: "-")
        if isNegative && bytes.count == 1 { return nil }
        var number: Int64 = 0
        for byte in bytes.dropFirst(isNegative ? 1 : 0) {
            let digit = Int64(byte) &- 0x30
            guard (0...9).contains(digit) else { return nil }
            let (tenfold, isTooLarge) = number.multipliedReportingOverflow(by: 10)
            let (sum, overflows) = tenfold.subtractingReportingOverflow(digit)
            if isTooLarge || overflows { return nil }
            number = sum
        }
        // Summed up below zero, where one number more has room.
        return isNegative ? number : number == .min ? nil : -number
    }
}
