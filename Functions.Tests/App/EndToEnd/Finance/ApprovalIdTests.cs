using System.Text.Json;
using Autopay.Application.Finance;
using Autopay.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;

namespace Autopay.Tests.App.EndToEnd;

/// <summary>Whoever makes an operation's id up takes no other request's name with it.</summary>
public sealed class ApprovalIdTests(AzuriteFixture azurite)
{
    [Theory]
    [InlineData("R-1")]
    [InlineData("R-2")]
    public async Task An_operation_named_as_a_release_is_is_another_request(string name)
    {
        await using var app = await SealedCity.StartAsync(azurite);
        await app.PutAsync("api/halt", """{"halted":true,"reason":"Look"}""", "ann");
        var shown = (await app.GetAsync("api/releases/R-1"))["shown"].GetString();

        var asked = await app.PostAsync(
            "api/halt/resume",
            $$"""{"reason":"over","operationId":"{{name}}"}""",
            "operator"
        );

        var resume = asked["approvals"].EnumerateArray().Last();
        Assert.Equal($"resume-{name}", resume.GetProperty("id").GetString());
        Assert.Equal(shown, (await app.GetAsync("api/releases/R-1"))["shown"].GetString());
        var yes = $$"""{"hash":"{{resume.GetProperty("hash").GetString()}}","reason":"yes"}""";
        Assert.NotEqual(200, (await app.PostAsync($"api/releases/{name}/approve", yes, "bob")).Status);
        Assert.NotEqual(200, (await app.PostAsync($"api/releases/resume-{name}/approve", yes, "bob")).Status);
        Assert.Equal(JsonValueKind.Object, (await app.GetAsync("api/controls"))["halt"].ValueKind);
    }

    [Fact]
    public async Task A_request_of_another_kind_is_not_decided_as_a_release()
    {
        await using var app = await SealedCity.StartAsync(azurite);
        await app.PutAsync("api/halt", """{"halted":true,"reason":"Look"}""", "ann");
        await app.PostAsync("api/releases/R-1/reject", """{"reason":"No"}""", "bob");
        app.MoveTo("2020-02-22T10:00");
        var authority = new Authority(
            "carl",
            "stored by an earlier version",
            new DateTimeOffset(2020, 2, 22, 16, 0, 0, TimeSpan.Zero)
        );
        var asked = await app
            .Services.GetRequiredService<ChangeControls>()
            .RunAsync(new ApprovalAsked("R-1", new ChargingResumed()), authority, CancellationToken.None);
        var approval = asked.Approvals.Single(it => it.Id == "R-1");

        var yes = await app.PostAsync(
            "api/releases/R-1/approve",
            $$"""{"hash":"{{approval.Hash}}","reason":"yes"}""",
            "bob"
        );

        Assert.Equal(409, yes.Status);
        Assert.Equal(409, (await app.PostAsync("api/releases/R-1/reject", """{"reason":"No"}""", "bob")).Status);
    }
}
