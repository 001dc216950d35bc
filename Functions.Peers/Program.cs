using System.Globalization;
using Autopay.Peers;
using Autopay.Peers.Engines;

const string Postgres = "PEERS_POSTGRES";
const int WarmUp = 500;
if (args is ["--micro"])
{
    Micro.Run();
    return 0;
}

var (rounds, debits) = (3, 5_000);
if (args is [_, _] && int.TryParse(args[0], out rounds) && int.TryParse(args[1], out debits)) { }
else if (args.Length > 0)
{
    await Console.Error.WriteLineAsync(
        "Usage: dotnet run -c Release --project Functions.Peers [-- ROUNDS DEBITS | --micro]"
    );
    return 2;
}

var connection = Environment.GetEnvironmentVariable(Postgres);
if (connection is null)
{
    await Console.Error.WriteLineAsync($"Without Hangfire on PostgreSQL: {Postgres} has no connection string.");
}

// The first round compiles; nobody is measured by it.
List<Result> results = [];
for (var number = 0; number <= rounds; number++)
{
    var round = new Round(
        number == 0 ? WarmUp : debits,
        connection is null ? null : HangfireEngine.OnPostgres(connection)
    );
    await foreach (var result in round.RunAsync())
    {
        await Console.Error.WriteLineAsync(
            string.Create(CultureInfo.InvariantCulture, $"{number}: {result.Name}: {result.PerSecond:0} a second")
        );
        if (number > 0)
        {
            results.Add(result);
        }
    }
}

foreach (var line in PeerTable.Lines(results))
{
    Console.WriteLine(line);
}

return 0;
