using System.CommandLine;
using System.Globalization;

namespace Autopay.Samples.Generator;

internal static class GeneratorCommand
{
    private static readonly Argument<string> Folder = new("OUT") { Description = "folder to write to" };
    private static readonly Option<int> Accounts = Number(
        "--accounts",
        "number of accounts",
        fallback: 500,
        limit: CityOptions.MaxAccounts
    );
    private static readonly Option<int> Seed = new("--seed")
    {
        Description = "same seed, same city",
        DefaultValueFactory = _ => 1,
    };
    private static readonly Option<int> Months = Number(
        "--months",
        "bills per account",
        fallback: 3,
        limit: CityOptions.MaxMonths
    );
    private static readonly Option<string> Name = new("--name")
    {
        Description = "name of the city",
        DefaultValueFactory = _ => "Generated city",
    };
    private static readonly Option<bool> Plain = new("--plain")
    {
        Description = "no stories: one bill per account, one due date",
    };

    public static RootCommand Create()
    {
        const string purpose = "Makes up a city with an outage, as a folder that `rehearse` plays.";
        var root = new RootCommand(purpose) { Folder, Accounts, Seed, Months, Name, Plain };
        root.SetAction(Run);
        return root;
    }

    private static void Run(ParseResult arguments)
    {
        var city = CityGenerator.Generate(Options(arguments));
        var folder = arguments.GetRequiredValue(Folder);
        city.WriteTo(folder);
        foreach (var (file, text) in city.Files)
        {
            Console.WriteLine(
                string.Create(CultureInfo.InvariantCulture, $"{file}: {text.AsSpan().Count('\n') - 1} rows")
            );
        }

        Console.WriteLine($"{City.TimelineFile}: {city.Name}, in {folder}");
    }

    private static CityOptions Options(ParseResult arguments) =>
        new()
        {
            Accounts = arguments.GetValue(Accounts),
            Seed = arguments.GetValue(Seed),
            Months = arguments.GetValue(Months),
            Name = arguments.GetRequiredValue(Name),
            Plain = arguments.GetValue(Plain),
        };

    private static Option<int> Number(string name, string description, int fallback, int limit)
    {
        var option = new Option<int>(name) { Description = description, DefaultValueFactory = _ => fallback };
        option.Validators.Add(result =>
        {
            // Text that is no number gets its own error from the parser.
            var number = result.Tokens.Select(t =>
                int.TryParse(t.Value, CultureInfo.InvariantCulture, out var value) ? value : fallback
            );
            if (number.Any(n => n < 1 || n > limit))
            {
                result.AddError(string.Create(CultureInfo.InvariantCulture, $"{name} must be between 1 and {limit}."));
            }
        });
        return option;
    }
}
