using System.Text;
using System.Text.Json;
using Autopay.Tests.App.Identity;
using Autopay.Tests.Fixtures;

namespace Autopay.Tests.App.EndToEnd;

/// <summary>Every change is made once under its operation, and of the version that was seen.</summary>
public sealed partial class OperationHttpTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private const string LeaveOut = "api/accounts/A-1/bills/B-1/skip";
    private const string Suspend = "api/accounts/A-1/suspension";
    private const string Certificate = "api/cycles/1/certificate";
    private const string Counted =
        """{"totals":[{"receivedOn":"2020-01-20","channel":"cash","count":1,"amountCents":100}],"reason":"r","operationId":"op"}""";

    private AppHost app = null!;

    public async ValueTask InitializeAsync()
    {
        app = await AppHost.StartAsync(azurite, "2020-01-21T08:01");
        await app.ImportAsync("accounts", Csv.Accounts("A-1", "A-2"));
        await app.ImportAsync("bills", Csv.Bills(("B-1", "A-1", "41.20"), ("B-2", "A-2", "63.00")));
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task Every_route_that_changes_something_asks_which_version_was_seen_and_takes_an_operation()
    {
        var before = await app.DigestAsync();
        foreach (var row in RoleTable.Changes.Where(IsAChange))
        {
            var stale = await SendAsync(row, """{"expectedVersion":77}""");
            Assert.True(stale.Status == 409 && stale.Text.Contains("\"changes\":"), $"{row.Function}: {stale.Text}");
            stale = await SendAsync(row, "{}", ("If-Match", "\"77\""));
            Assert.True(stale.Status == 409, $"{row.Function}: {stale.Text}");
            var wrong = await SendAsync(row, """{"operationId":"x/y"}""");
            Assert.True(
                wrong.Status == 400 && wrong.Detail.StartsWith("operationId: ", StringComparison.Ordinal),
                $"{row.Function}: {wrong.Text}"
            );
        }

        Assert.Equal(before, await app.DigestAsync());
    }

    [Fact]
    public async Task The_same_operation_again_is_answered_what_it_was_and_changes_nothing()
    {
        var first = await app.PutAsync(Suspend, On("\"operationId\":\"op\""), "preparer");
        var story = (await app.GetAsync("api/accounts/A-1"))["version"].GetInt32();
        var lifted = await app.PutAsync(Suspend, """{"on":false,"reason":"Moved back"}""", "preparer");
        Assert.True(lifted.Status == 200, lifted.Text);

        var again = await app.PutAsync(Suspend, On("\"expectedVersion\":1,\"operationId\":\"op\""), "preparer");

        Assert.Equal((200, 200, first.Text), (first.Status, again.Status, again.Text));
        Assert.Equal(story, first["version"].GetInt32());
        Assert.Equal(JsonValueKind.Null, SuspensionOf(await app.GetAsync("api/accounts/A-1")));
        Assert.Equal(409, (await app.PutAsync(Suspend, On("\"operationId\":\"op\""), "ann")).Status);
        var other = await app.PostAsync(LeaveOut, """{"reason":"Moved out","operationId":"op"}""", "preparer");
        Assert.Equal(
            (409, "The operation op was something else: putSuspension by preparer. Nothing changed."),
            (other.Status, other.Detail)
        );
        var recorded = await app.GetAsync("api/operations/op");
        Assert.Equal(
            (true, "putSuspension", "preparer", "Moved out"),
            (
                recorded["recorded"].GetBoolean(),
                recorded["what"].GetString(),
                recorded["authority"].GetProperty("by").GetString(),
                recorded["authority"].GetProperty("why").GetString()
            )
        );
    }

    [Fact]
    public async Task Twice_the_same_click_makes_one_change_and_both_hear_of_it()
    {
        var clicks = await Task.WhenAll(
            Enumerable.Range(0, 6).Select(_ => app.PostAsync(LeaveOut, """{"reason":"r","operationId":"op"}"""))
        );

        Assert.All(clicks, it => Assert.Equal((200, clicks[0].Text), (it.Status, it.Text)));
        Assert.True(clicks[0]["changed"].GetBoolean());
    }

    [Fact]
    public async Task Of_two_who_saw_the_same_account_one_changes_it_and_the_other_hears_what_that_was()
    {
        var seen = (await app.GetAsync("api/accounts/A-1"))["version"].GetInt32();

        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, 6)
                .Select(number => app.PutAsync(Suspend, On($"\"expectedVersion\":{seen}", $"Moved out {number}")))
        );

        var done = Assert.Single(answers, it => it.Status == 200);
        Assert.Equal(seen + 1, done["version"].GetInt32());
        Assert.All(
            answers.Where(it => it != done),
            it =>
            {
                Assert.Equal((409, seen + 1), (it.Status, it["version"].GetInt32()));
                var change = Assert.Single(it["changes"].EnumerateArray());
                Assert.Equal("accountSuspended, debitDeferred", change.GetProperty("what").GetString());
                Assert.StartsWith("Moved out", change.GetProperty("why").GetString(), StringComparison.Ordinal);
            }
        );
    }

    [Fact]
    public async Task What_was_refused_is_not_recorded_and_its_operation_is_free()
    {
        var refused = await app.PostAsync("api/accounts/A-1/bills/none/skip", """{"reason":"r","operationId":"op"}""");

        Assert.InRange(refused.Status, 400, 499);
        Assert.Equal(404, (await app.GetAsync("api/operations/op")).Status);
        Assert.Equal(404, (await app.PostAsync("api/accounts/none/bills/B-1/skip", Named("op"))).Status);
        Assert.Equal(200, (await app.PostAsync(LeaveOut, Named("op"))).Status);
    }

    [Fact]
    public async Task A_file_that_is_sent_again_under_its_operation_is_answered_what_it_was_and_another_one_is_refused()
    {
        var file = Csv.Payments(("P-1", "A-1", "20.00"));

        var first = await app.UploadAsync("payments", file, ("X-Operation-Id", "op"));
        var again = await app.UploadAsync("payments", file, ("X-Operation-Id", "op"));
        var other = await app.UploadAsync("payments", Csv.Payments(("P-2", "A-1", "20.00")), ("X-Operation-Id", "op"));

        Assert.Equal((202, 200, first.Text), (first.Status, again.Status, again.Text));
        Assert.Equal(409, other.Status);
    }

    [Fact]
    public async Task Two_ids_for_one_request_are_no_id()
    {
        var request = new HttpRequestMessage(HttpMethod.Post, LeaveOut)
        {
            Content = new StringContent(Named("op"), Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("X-Operation-Id", "another");

        var answer = await app.SendAsync(request);

        Assert.Equal((400, "operationId: expected one value, found several."), (answer.Status, answer.Detail));
    }

    private Task<Answer> SendAsync(RoleTableRow row, string json, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(new HttpMethod(row.Method), row.Path)
        {
            Content = new StringContent(json, Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("X-Autopay-User", row.Roles[0].ToString().ToLowerInvariant());
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return app.SendAsync(request);
    }

    private static bool IsAChange(RoleTableRow row) => !row.Path.EndsWith("/preview", StringComparison.Ordinal);

    private static string On(string terms, string why = "Moved out") =>
        $$"""{"on":true,"reason":"{{why}}",{{terms}}}""";

    private static string Named(string operation) => $$"""{"reason":"r","operationId":"{{operation}}"}""";

    private static JsonValueKind SuspensionOf(Answer account) =>
        account.Json.TryGetProperty("suspension", out var suspension) ? suspension.ValueKind : JsonValueKind.Null;
}
