using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;
using Autopay.Application.Ports.Messages;
using Autopay.Tests.App.EndToEnd;
using Autopay.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;

namespace Autopay.Tests.App.Backups;

/// <summary>An operator's commands: what they do, what they print, how they end, and who is recorded.</summary>
public sealed class OperatorTests(AzuriteFixture azurite)
{
    private const string Why = """{"reason":"drill"}""";

    [Fact]
    public async Task Commands_do_what_the_routes_do_and_record_who_and_why()
    {
        await using var app = await AppHost.StartAsync(azurite, "2020-01-21T08:01");
        await app.ImportAsync("accounts", Csv.Accounts("A-1"));
        await app
            .Storage.RawQueue(QueueNames.ProviderEventsPoison)
            .SendMessageAsync(Convert.ToBase64String(Encoding.UTF8.GetBytes("""{"EventId":"evt_lost"}""")));
        await app.PoisonedAsync(1);
        var id = (await app.GetAsync("api/stuck"))["items"]
            .EnumerateArray()
            .Single(item => item.GetProperty("kind").GetString() == "poison")
            .GetProperty("id")
            .GetString()!;

        var ticked = await app.OperateAsync("tick");
        var listed = await app.OperateAsync("stuck");
        var replayed = await app.OperateAsync("stuck", "replay", id, "--reason", "looked at");
        var again = await app.OperateAsync("stuck", "discard", id, "--reason", "looked at");
        var reconciled = await app.OperateAsync("reconcile");
        var stored = await app.Services.GetRequiredService<IStuckStore>().FindAsync(id, CancellationToken.None);

        Assert.Equal((0, 1, 0, 0, 0), (ticked.Code, listed.Code, replayed.Code, again.Code, reconciled.Code));
        Assert.StartsWith($"{Bucket.Count} buckets", ticked.Printed, StringComparison.Ordinal);
        Assert.Contains(id, listed.Printed, StringComparison.Ordinal);
        Assert.Contains("nothing changed", again.Printed, StringComparison.Ordinal);
        Assert.Contains("Everything agrees.", reconciled.Printed, StringComparison.Ordinal);
        Assert.Equal(("olga (command line)", "looked at"), (stored!.ClosedBy!.By, stored.ClosedBy.Why));
    }

    [Fact]
    public async Task Wrong_input_ends_with_2()
    {
        await using var app = await AppHost.StartAsync(azurite, "2020-01-21T08:01");
        string[] wrong =
        [
            "stuck replay nothing --reason x",
            "stuck replay a/b --reason x",
            "stuck replay evaluate:1",
            "reconcile --from yesterday",
            "restore 20200101000000000 --reason x",
            "restore latest --reason x",
            "restore ../x --reason x",
            "restore latest --reason x --from http://exports.example/exports",
            "restore latest --reason x --from ../exports",
            "halt",
            "resume",
            "restore",
            "export --what",
        ];

        foreach (var arguments in wrong)
        {
            var ended = await app.OperateAsync(arguments.Split(' '));
            Assert.True(ended.Code == 2, $"{arguments}: {ended.Code} {ended.Printed}");
        }
    }

    [Fact]
    public async Task Backups_are_run_and_listed_over_HTTP_by_those_who_may()
    {
        await using var app = await AppHost.StartAsync(azurite, "2020-01-21T08:01");
        await app.ImportAsync("accounts", Csv.Accounts("A-1", "A-2"));

        var made = await app.PostAsync("api/backups", Why, "operator");
        var refused = (await app.PostAsync("api/backups", Why, "auditor")).Status;
        var listed = await app.SendAsync(
            new HttpRequestMessage(HttpMethod.Get, "api/backups") { Headers = { { "X-Autopay-User", "auditor" } } }
        );
        var hidden = await app.SendAsync(
            new HttpRequestMessage(HttpMethod.Get, "api/backups") { Headers = { { "X-Autopay-User", "viewer" } } }
        );

        Assert.Equal((201, 403, 200, 403), (made.Status, refused, listed.Status, hidden.Status));
        Assert.Equal(
            (made["id"].GetString(), 2),
            (
                listed["items"][0].GetProperty("id").GetString(),
                listed["items"][0].GetProperty("sums").GetProperty("accounts").GetInt32()
            )
        );
        Assert.Equal(0, (await app.OperateAsync("export")).Code);
        Assert.Equal(2, (await app.GetAsync("api/backups"))["items"].GetArrayLength());
    }

    [Fact]
    public async Task The_program_itself_explains_its_commands_and_joins_the_app_that_runs_on_the_same_data()
    {
        await using var app = await AppProcess.StartAsync();

        foreach (var verb in new[] { "tick", "export", "restore", "stuck", "reconcile", "halt", "resume", "account" })
        {
            var help = await RunAsync(app, verb, "--help");
            Assert.Equal(0, help.Code);
            Assert.Contains("--as", help.Printed, StringComparison.Ordinal);
        }

        var exported = await RunAsync(app, "export");
        Assert.True(exported.Code == 0, exported.Printed);
        Assert.Contains("is whole", exported.Printed, StringComparison.Ordinal);
        Assert.Equal(2, (await RunAsync(app, "restore")).Code);
    }

    [Fact]
    public async Task Settings_may_be_arguments_and_a_second_app_on_the_same_data_says_why_it_does_not_start()
    {
        await using var app = await AppProcess.StartAsync();
        var data = $"--Local:Data={app.DataFolder}";

        Assert.Equal(
            (0, 0),
            (
                (await RunAsync(null, "tick", data)).Code,
                (await RunAsync(null, "tick", "--Local:Data", app.DataFolder, "--as", "olga")).Code
            )
        );
        Assert.Equal(
            (2, 2),
            (
                (await RunAsync(app, "tick", "--data=here")).Code,
                (await RunAsync(app, "rehearse", "samples", "--Stripe:ApiKey=sk_live_1")).Code
            )
        );
        var second = await RunAsync(null, data, "--port", "0");

        Assert.Equal(
            (1, $"Another Autopay runs on the data in {app.DataFolder}: stop it, or choose others with --Local:Data."),
            (second.Code, second.Printed.Trim())
        );
    }

    [Fact]
    public async Task What_is_set_wrongly_and_a_port_that_is_taken_end_the_start_with_a_sentence_and_2()
    {
        using var folder = new ScratchFolder();
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        string[] own = [$"--Local:Data={Path.Combine(folder.Path, "data")}", "--Local:SandboxPort=0"];

        var wrong = await RunAsync(
            null,
            [.. own, "--port=0", "--AzureFunctionsJobHost:extensions:queues:batchSize=40"]
        );
        var busy = await RunAsync(null, [.. own, $"--port={((IPEndPoint)taken.LocalEndpoint).Port}"]);
        var never = await RunAsync(null, [.. own, "--port=0", "--start-at=yesterday"]);

        Assert.Equal(
            (2, "host.json, extensions.queues: batchSize is '40', expected a whole number from 1 to 32."),
            (wrong.Code, wrong.Printed.Trim())
        );
        Assert.Equal(2, busy.Code);
        Assert.Contains("address already in use", busy.Printed, StringComparison.Ordinal);
        Assert.Equal(
            (2, "'yesterday' is not a time; expected one such as 2020-02-20T10:00."),
            (never.Code, never.Printed.Trim())
        );
        Assert.DoesNotContain("   at ", wrong.Printed + busy.Printed + never.Printed, StringComparison.Ordinal);
    }

    private static async Task<(int Code, string Printed)> RunAsync(AppProcess? app, params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "Functions.LocalHost"), arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (app is not null)
        {
            start.Environment["Local__Data"] = app.DataFolder;
        }

        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var printed = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, printed + await errors);
    }
}
