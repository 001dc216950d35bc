using System.Text.Json;
using Autopay.Tests.App.Backups;
using Autopay.Tests.App.EndToEnd;
using Autopay.Tests.Fixtures;

namespace Autopay.Tests.App.Finance;

/// <summary>A customer asks what is known of him: one document, and the record says who took it and why.</summary>
public sealed class AccountExportTests(AzuriteFixture azurite)
{
    private const string Route = "api/accounts/A-1/export";
    private const string Why = "?reason=Customer%20asked%20by%20letter";

    [Fact]
    public async Task Everything_of_one_account_is_one_document_for_who_may_and_is_in_the_record()
    {
        await using var app = await AppHost.StartAsync(azurite, "2020-01-21T08:01");
        await app.ImportAsync("accounts", Csv.Accounts("A-1", "A-2"));
        await app.ImportAsync("bills", Csv.Bills(("B-1", "A-1", "96.40"), ("B-2", "A-2", "20.00")));
        await app.ImportAsync("payments", $"{Csv.PaymentsHeader}\nP-1,A-1,60.00,check,,2020-01-17,\n");
        await app.PostAsync("api/accounts/A-1/bills/B-1/skip", """{"reason":"By phone"}""", "preparer");
        await app.IdleAsync();

        Answer[] refused =
        [
            await AskAsync(app, Route + Why, "viewer"),
            await AskAsync(app, Route + Why, "approver", csrf: "0"),
            await AskAsync(app, Route, "approver"),
            await AskAsync(app, $"{Route}{Why}&format=pdf", "approver"),
            await AskAsync(app, $"api/accounts/A-9/export{Why}", "approver"),
        ];
        Assert.Equal([403, 403, 400, 400, 404], refused.Select(answer => answer.Status));
        Assert.Empty(await RecordAsync(app));

        var given = await AskAsync(app, Route + Why, "approver");

        Assert.True(given.Status == 200, given.Text);
        Assert.Equal(
            ("A-1", "approver", "Customer asked by letter"),
            (
                given["account"].GetString(),
                given["givenOut"].GetProperty("by").GetString(),
                given["givenOut"].GetProperty("why").GetString()
            )
        );
        Assert.Equal((await app.GetAsync("api/accounts/A-1")).Json.GetRawText(), given["ledger"].GetRawText());
        var kinds = given["history"]
            .EnumerateArray()
            .SelectMany(row => row.GetProperty("events").EnumerateArray())
            .Select(happened => happened.GetProperty("type").GetString())
            .ToList();
        Assert.Subset(kinds.ToHashSet(), new HashSet<string?> { "billOpened", "billSkipped" });
        Assert.Equal(
            "A-1-1-0001",
            Assert.Single(given["explanations"].EnumerateArray()).GetProperty("debit").GetString()
        );
        Assert.False(string.IsNullOrEmpty(given["authorisations"].GetProperty("payer").GetString()));
        Assert.DoesNotContain("A-2", given.Text, StringComparison.Ordinal);
        Assert.Equal(["approver accountExported A-1: Customer asked by letter"], await RecordAsync(app));

        await WrittenByCommandAsync(app);
    }

    private static async Task WrittenByCommandAsync(AppHost app)
    {
        using var folder = new ScratchFolder();
        var file = Path.Combine(folder.Path, "A-1.json");
        string[] command = ["account", "A-1", "--reason", "by letter", "--to"];

        var nowhere = await app.OperateAsync([.. command, Path.Combine(folder.Path, "none", "A-1.json")]);
        var written = await app.OperateAsync([.. command, file]);
        var again = await app.OperateAsync([.. command, file]);

        Assert.Equal((2, 0, 2), (nowhere.Code, written.Code, again.Code));
        Assert.DoesNotContain("B-1", written.Printed, StringComparison.Ordinal);
        using var document = JsonDocument.Parse(await File.ReadAllTextAsync(file));
        Assert.Equal("A-1", document.RootElement.GetProperty("account").GetString());
        Assert.True(
            OperatingSystem.IsWindows()
                || File.GetUnixFileMode(file) == (UnixFileMode.UserRead | UnixFileMode.UserWrite)
        );
        Assert.Equal("olga (command line) accountExported A-1: by letter", (await RecordAsync(app)).Last());
    }

    private static async Task<List<string>> RecordAsync(AppHost app) =>
        [
            .. (await app.GetAsync("api/audit?what=accountExported"))["acts"]
                .EnumerateArray()
                .Select(act =>
                    $"{act.GetProperty("by")} {act.GetProperty("what")} "
                    + $"{act.GetProperty("change").GetProperty("account")}: {act.GetProperty("why")}"
                ),
        ];

    private static Task<Answer> AskAsync(AppHost app, string path, string role, string csrf = "1") =>
        app.SendAsync(
            new HttpRequestMessage(HttpMethod.Get, path)
            {
                Headers = { { "X-Autopay-User", role }, { "X-CSRF", csrf } },
            }
        );
}
