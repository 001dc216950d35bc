using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;

namespace Autopay.Tests.Repository.Wholesome;

/// <summary>A test whose name begins with the numbers of what it shows: a fault (F11), a refusal (N12).</summary>
internal sealed partial record NumberedTest(IReadOnlyList<string> Numbers, string Class, string Method, string? Layer)
{
    public static IReadOnlyList<NumberedTest> All { get; } =
    [
        .. (
            from type in typeof(NumberedTest).Assembly.GetTypes()
            from method in type.GetMethods(
                BindingFlags.Instance
                    | BindingFlags.Static
                    | BindingFlags.Public
                    | BindingFlags.NonPublic
                    | BindingFlags.DeclaredOnly
            )
            where method.GetCustomAttributes<FactAttribute>().Any()
            let numbers = NumbersPattern()
                .Match(method.Name)
                .Groups[1]
                .Captures.Select(capture => Short(capture.Value))
                .ToList()
            where numbers.Count > 0
            let layer = LayerOf(method) ?? LayerOf(type)
            select (type.Name, Test: new NumberedTest(numbers, type.FullName!, method.Name, layer))
        )
            .OrderBy(it => it.Name, StringComparer.Ordinal)
            .ThenBy(it => it.Test.Method, StringComparer.Ordinal)
            .Select(it => it.Test),
    ];

    public string FullName => $"{Class}.{Method}";

    public string Name => $"`{Class.Split('.')[^1]}.{Method}`";

    private static string Short(string number) => $"{number[0]}{int.Parse(number[1..], CultureInfo.InvariantCulture)}";

    private static string? LayerOf(MemberInfo member) =>
        member
            .GetCustomAttributes<TraitAttribute>()
            .Where(trait => trait.Name == "Layer")
            .Select(trait => trait.Value)
            .SingleOrDefault();

    [GeneratedRegex("^(?:([FN][0-9]{1,2})_)+")]
    private static partial Regex NumbersPattern();
}
