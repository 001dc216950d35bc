using System.CommandLine;
using System.Globalization;
using Autopay.Samples.Generator;

var folder = new Argument<string>("OUT") { Description = "folder to write to" };
var accounts = new Option<int>("--accounts") { Description = "number of accounts", DefaultValueFactory = _ => 500 };
var seed = new Option<int>("--seed") { Description = "same seed, same city", DefaultValueFactory = _ => 1 };
var months = new Option<int>("--months") { Description = "bills per account", DefaultValueFactory = _ => 3 };
var name = new Option<string>("--name") { Description = "name of the city", DefaultValueFactory = _ => "Generated city" };
var plain = new Option<bool>("--plain") { Description = "no stories: one bill per account, one due date" };
var root = new RootCommand("Makes up a city with an outage, as a folder that `rehearse` plays.") { folder, accounts, seed, months, name, plain };

root.SetAction(arguments =>
{
    var city = CityGenerator.Generate(new()
    {
        Accounts = arguments.GetValue(accounts),
        Seed = arguments.GetValue(seed),
        Months = arguments.GetValue(months),
        Name = arguments.GetValue(name)!,
        Plain = arguments.GetValue(plain),
    });
    var target = arguments.GetValue(folder)!;
    city.WriteTo(target);
    foreach (var (file, text) in city.Files)
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{file}: {text.AsSpan().Count('\n') - 1} rows"));
    }

    Console.WriteLine($"{City.TimelineFile}: {city.Name}, in {target}");
});

return await root.Parse(args).InvokeAsync().ConfigureAwait(false);
