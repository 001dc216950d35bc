using System.Buffers.Binary;
using System.Reflection;
using System.Reflection.Emit;

namespace Autopay.Tests.Repository.Wholesome;

/// <summary>
/// What compiled code names, read from its metadata and its instructions: aliases, full names and usings of a project
/// are all the same here.
/// </summary>
internal static class CompiledReferences
{
    private const BindingFlags Own =
        BindingFlags.Instance
        | BindingFlags.Static
        | BindingFlags.Public
        | BindingFlags.NonPublic
        | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<short, OpCode> Codes = typeof(OpCodes)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => code.Value);

    /// <summary>
    /// Every type and member that a type names, as <c>System.IO.File</c> and <c>System.IO.File.Exists</c>.
    /// </summary>
    public static IReadOnlySet<string> Of(Type type) =>
        new[] { type.BaseType }
            .Concat(type.GetInterfaces())
            .Concat(type.CustomAttributes.Select(attribute => attribute.AttributeType))
            .Concat(type.GetFields(Own).Select(field => field.FieldType))
            .SelectMany(NamesOf)
            .Concat(type.GetMethods(Own).Cast<MethodBase>().Concat(type.GetConstructors(Own)).SelectMany(OfMethod))
            .ToHashSet();

    private static IEnumerable<string> OfMethod(MethodBase method)
    {
        var body = method.GetMethodBody();
        return method
            .GetParameters()
            .Select(parameter => parameter.ParameterType)
            .Append((method as MethodInfo)?.ReturnType)
            .Concat(method.CustomAttributes.Select(attribute => attribute.AttributeType))
            .Concat(body?.LocalVariables.Select(local => local.LocalType) ?? [])
            .SelectMany(NamesOf)
            .Concat(TokensIn(body?.GetILAsByteArray() ?? []).SelectMany(token => NamesOf(Resolve(method, token))));
    }

    private static MemberInfo? Resolve(MethodBase method, int token) =>
        method.Module.ResolveMember(
            token,
            method.DeclaringType!.GetGenericArguments(),
            method.IsGenericMethod ? method.GetGenericArguments() : []
        );

    private static IEnumerable<string> NamesOf(MemberInfo? member) =>
        member switch
        {
            null or MethodInfo { Name: "get_CurrentManagedThreadId" } => [], // an iterator's; nobody wrote it
            Type type => NamesOf(type),
            MethodInfo { IsGenericMethod: true } method => method
                .GetGenericArguments()
                .SelectMany(NamesOf)
                .Concat(OfMember(method)),
            _ => OfMember(member),
        };

    private static IEnumerable<string> OfMember(MemberInfo member) =>
        member.DeclaringType is { } type ? NamesOf(type).Append($"{type.Namespace}.{type.Name}.{member.Name}") : [];

    private static IEnumerable<string> NamesOf(Type? type) =>
        type switch
        {
            null or { IsGenericParameter: true } => [],
            { HasElementType: true } => NamesOf(type.GetElementType()),
            _ => type.GetGenericArguments().SelectMany(NamesOf).Append($"{type.Namespace}.{type.Name}"),
        };

    private static IEnumerable<int> TokensIn(byte[] instructions)
    {
        for (var at = 0; at < instructions.Length; )
        {
            var code = CodeAt(instructions, at);
            at += code.Size;
            if (
                code.OperandType
                is OperandType.InlineMethod
                    or OperandType.InlineField
                    or OperandType.InlineType
                    or OperandType.InlineTok
            )
            {
                yield return BinaryPrimitives.ReadInt32LittleEndian(instructions.AsSpan(at));
            }

            at += SizeOfOperand(code, instructions, at);
        }
    }

    private static OpCode CodeAt(byte[] instructions, int at) =>
        instructions[at] == 0xFE
            ? Codes[BinaryPrimitives.ReadInt16BigEndian(instructions.AsSpan(at))]
            : Codes[instructions[at]];

    private static int SizeOfOperand(OpCode code, byte[] instructions, int at) =>
        code.OperandType switch
        {
            OperandType.InlineNone => 0,
            OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
            OperandType.InlineVar => 2,
            OperandType.InlineI8 or OperandType.InlineR => 8,
            OperandType.InlineSwitch => 4 + (4 * BinaryPrimitives.ReadInt32LittleEndian(instructions.AsSpan(at))),
            _ => 4,
        };
}
