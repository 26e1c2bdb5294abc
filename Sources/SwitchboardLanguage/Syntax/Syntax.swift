/// A name with its place.
public struct Name: Hashable, Sendable {
    /// The text; a flag's name has no dashes in front, a variable's no `$`.
    public var text: String
    /// Where it stands, dashes and `$` included.
    public var span: Span

    /// Makes a name.
    public init(_ text: String, _ span: Span) {
        self.text = text
        self.span = span
    }
}

/// A whole source text, parsed.
public struct Script: Hashable, Sendable {
    /// The statements in order.
    public var statements: [Statement]

    /// Makes a script.
    public init(statements: [Statement]) { self.statements = statements }

    /// Where its defs and uses stand.
    public var definitions: [Span] {
        statements.compactMap { statement in
            switch statement {
            case .def, .use: statement.span
            default: nil
            }
        }
    }
}

/// Statements in braces.
public struct Block: Hashable, Sendable {
    /// The statements in order.
    public var statements: [Statement]
    /// From brace to brace.
    public var span: Span

    /// Makes a block.
    public init(statements: [Statement], span: Span) {
        self.statements = statements
        self.span = span
    }
}

/// One statement.
public indirect enum Statement: Hashable, Sendable {
    case param(ParamStatement)
    case use(UseStatement)
    case `let`(LetStatement)
    case def(DefStatement)
    case `if`(IfStatement)
    case `for`(ForStatement)
    case `try`(TryStatement)
    case `return`(ReturnStatement)
    case pipeline(Pipeline)

    /// Where it stands.
    public var span: Span {
        switch self {
        case .param(let statement): statement.span
        case .use(let statement): statement.span
        case .let(let statement): statement.span
        case .def(let statement): statement.span
        case .if(let statement): statement.span
        case .for(let statement): statement.span
        case .try(let statement): statement.span
        case .return(let statement): statement.span
        case .pipeline(let pipeline): pipeline.span
        }
    }
}

/// Declares a parameter of the script: `param --area-code: string = 415  # help text`.
public struct ParamStatement: Hashable, Sendable {
    /// The flag that the script takes.
    public var name: Name
    /// What the value must be.
    public var type: TypeSyntax
    /// The value where the caller gives none; nil makes the parameter required.
    public var defaultValue: Operand?
    /// The comment at the end of the line, trimmed.
    public var help: String?
    /// Where it stands.
    public var span: Span
}

/// Takes the commands of another file: `use ./lib.swb`.
public struct UseStatement: Hashable, Sendable {
    /// The path as written.
    public var path: Name
    /// Where it stands.
    public var span: Span
}

/// Names a value: `let n: int = …`.
public struct LetStatement: Hashable, Sendable {
    /// The name that is bound.
    public var name: Name
    /// The type that is asked for, if one is.
    public var type: TypeSyntax?
    /// What stands behind `=`.
    public var value: RightSide
    /// Where it stands.
    public var span: Span
}

/// Defines a command: `def buy [--area: string  site: string] -> number { … }`.
public struct DefStatement: Hashable, Sendable {
    /// One parameter: a flag, or a positional one.
    public struct Parameter: Hashable, Sendable {
        /// Whether it is given as `--name`.
        public var isFlag: Bool
        /// The name that the body knows.
        public var name: Name
        /// What the value must be.
        public var type: TypeSyntax
        /// The value where the caller gives none.
        public var defaultValue: Operand?
    }

    /// The name of the command.
    public var name: Name
    /// The parameters in order.
    public var parameters: [Parameter]
    /// The type behind `->`.
    public var result: TypeSyntax?
    /// The statements that a call runs.
    public var body: Block
    /// Where it stands.
    public var span: Span
}

/// Branches: `if … { … } else { … }`.
public struct IfStatement: Hashable, Sendable {
    /// What follows `else`.
    public indirect enum Otherwise: Hashable, Sendable {
        case block(Block)
        case `if`(IfStatement)
    }

    /// The expression behind `if`.
    public var condition: Expression
    /// What runs where the condition is true.
    public var then: Block
    /// What follows `else`, if there is one.
    public var otherwise: Otherwise?
    /// Where it stands.
    public var span: Span
}

/// Loops over items: `for x in … { … }`.
public struct ForStatement: Hashable, Sendable {
    /// The name of the item.
    public var name: Name
    /// The expression behind `in`.
    public var sequence: Expression
    /// What runs for each item.
    public var body: Block
    /// Where it stands.
    public var span: Span
}

/// Catches errors: `try { … } catch e { … }`.
public struct TryStatement: Hashable, Sendable {
    /// What may fail.
    public var body: Block
    /// The name that the handler knows the error by.
    public var errorName: Name?
    /// nil where there is no `catch`.
    public var handler: Block?
    /// Where it stands.
    public var span: Span
}

/// Ends a def or the script: `return …`.
public struct ReturnStatement: Hashable, Sendable {
    /// What is returned, if anything.
    public var value: RightSide?
    /// Where it stands.
    public var span: Span
}

/// What stands behind `=` and `return` and inside parentheses.
public indirect enum RightSide: Hashable, Sendable {
    case `if`(IfStatement)
    /// An expression, possibly followed by stages.
    case expression(Expression, [Stage])
    case pipeline(Pipeline)
}

/// A head with stages behind it: `head | stage | stage`.
public struct Pipeline: Hashable, Sendable {
    /// What feeds the stages.
    public enum Head: Hashable, Sendable {
        case operand(Operand)
        case stage(Stage)
    }

    /// What feeds the stages.
    public var head: Head
    /// The stages behind the head, in order.
    public var stages: [Stage]
    /// Where it stands.
    public var span: Span
}

/// One stage of a pipeline.
public indirect enum Stage: Hashable, Sendable {
    /// `where expr`
    case filter(Expression, span: Span)
    /// `each row --parallel 8 { … }`
    case each(name: Name?, arguments: [Argument], body: Block, span: Span)
    /// `wait-until`, `transaction` or `explain`, by the word's text.
    case block(word: Name, arguments: [Argument], body: Block, span: Span)
    case call(Call)

    /// Where it stands.
    public var span: Span {
        switch self {
        case .filter(_, let span), .each(_, _, _, let span), .block(_, _, _, let span): span
        case .call(let call): call.span
        }
    }
}

/// A command with its arguments as written.
///
/// The first word is in `name`; a command of several words has the others among the leading bare words of
/// `arguments`, and the checker takes the longest declared name. Which flags take a value is the signature's
/// business too, so the operand behind a flag stands as an argument of its own unless `=` joins them.
public struct Call: Hashable, Sendable {
    /// The first word.
    public var name: Name
    /// Everything behind the first word.
    public var arguments: [Argument]
    /// Where it stands.
    public var span: Span
}

/// One argument as written.
public enum Argument: Hashable, Sendable {
    /// `--name` or `--name=operand`.
    case flag(Name, value: Operand?)
    case operand(Operand)

    /// Where it stands.
    public var span: Span {
        switch self {
        case .flag(let name, let value): value.map { name.span.union($0.span) } ?? name.span
        case .operand(let operand): operand.span
        }
    }
}

/// An expression.
public indirect enum Expression: Hashable, Sendable {
    case operand(Operand)
    case not(Expression, span: Span)
    case binary(BinaryOperator, Expression, Expression, operatorSpan: Span)

    /// Where it stands.
    public var span: Span {
        switch self {
        case .operand(let operand): operand.span
        case .not(_, let span): span
        case .binary(_, let left, let right, _): left.span.union(right.span)
        }
    }
}

/// The operators between two operands, weakest first.
public enum BinaryOperator: String, Hashable, Sendable, CaseIterable {
    case or, and
    case equal = "==", notEqual = "!=", less = "<", lessOrEqual = "<=", greater = ">", greaterOrEqual = ">="
    case `in`, has, matches
    case orElse = "??"
    case plus = "+", minus = "-", times = "*", divided = "/"
}

/// The smallest piece that has a value.
public indirect enum Operand: Hashable, Sendable {
    case literal(Literal)
    /// `$name.field.deeper`
    case variable(Name, path: [FieldAccess])
    /// `.field.deeper`: a field of the item flowing in; the path is never empty.
    case field(path: [FieldAccess], span: Span)
    /// A bare word: an enum value, an id, a name, a file; read by the slot's type.
    case word(Name)
    case list([Operand], span: Span)
    /// A record or a schema; which of them is the slot's business.
    case braces([BraceEntry], span: Span)
    case group(RightSide, path: [FieldAccess], span: Span)

    /// Where it stands.
    public var span: Span {
        switch self {
        case .literal(let literal): literal.span
        case .variable(let name, let path): path.last.map { name.span.union($0.span) } ?? name.span
        case .word(let name): name.span
        case .field(_, let span), .list(_, let span), .braces(_, let span), .group(_, _, let span): span
        }
    }
}

/// `.field` or `.field?` behind a variable, a group or a dot.
public struct FieldAccess: Hashable, Sendable {
    /// The field, dot and `?` left out.
    public var name: String
    /// Whether a missing field gives `nothing` instead of a fault.
    public var isOptional: Bool
    /// The dot included.
    public var span: Span
}

/// `name: value` in braces; at least one of value and type is there.
public struct BraceEntry: Hashable, Sendable {
    /// The key; quotes left out.
    public var name: Name
    /// The entry read as an expression; nil where it can only be a type, such as `id<agent>`.
    public var value: Expression?
    /// The entry read as a type; nil where it can only be a value.
    public var type: TypeSyntax?
}

/// A type as written.
public struct TypeSyntax: Hashable, Sendable {
    /// The name in front of `<`, such as `list` or `id`.
    public var name: Name
    /// What stands between `<` and `>`.
    public var arguments: [TypeSyntax]
    /// Whether `?` follows.
    public var isOptional: Bool
    /// Where it stands.
    public var span: Span
}

/// A literal as written.
public struct Literal: Hashable, Sendable {
    /// What the form says it is, where no slot says otherwise.
    public enum Kind: Hashable, Sendable {
        case phone, money, duration, rate, time, number, bool, nothing, path
        /// Pieces between the quotes, escapes resolved.
        case string([StringPart])
    }

    /// What the form says it is.
    public var kind: Kind
    /// The raw source text.
    public var text: String
    /// The text without the quotes of a string.
    var bareText: String {
        guard case .string(let parts) = kind else { return text }
        return if case .text(let inner)? = parts.first, parts.count == 1 { inner } else { "" }
    }
    /// Where it stands.
    public var span: Span
}

/// A piece of a quoted string.
public enum StringPart: Hashable, Sendable {
    case text(String)
    /// `$name.field` or `${name.field}`.
    case variable(Name, path: [FieldAccess])
    /// `${.field}`
    case field(path: [FieldAccess], span: Span)
}
