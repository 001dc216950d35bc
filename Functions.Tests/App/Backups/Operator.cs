using Autopay.Hosting;
using Autopay.Hosting.Operator;
using Autopay.LocalHost.Local;
using Autopay.Tests.Fixtures;
using Microsoft.Extensions.Configuration;

namespace Autopay.Tests.App.Backups;

/// <summary>The commands of an operator on an app's storage, sandbox and clock.</summary>
internal static class Operator
{
    public static Task<(int Code, string Printed)> OperateAsync(this AppHost app, params string[] arguments) =>
        app.OperateAsAsync("olga", arguments);

    public static async Task<(int Code, string Printed)> OperateAsAsync(
        this AppHost app,
        string name,
        params string[] arguments
    )
    {
        await using var printed = new StringWriter();
        var code = await Verbs.RunAsync(
            [.. arguments, "--as", name],
            new OperatorApp(
                printed,
                printed,
                new LocalPlace(builder => builder.Configuration.AddInMemoryCollection(Settings(app)))
            )
        );
        return (code, printed.ToString());
    }

    private static Dictionary<string, string?> Settings(AppHost app) =>
        new()
        {
            ["AutopayStorage"] = app.Connection,
            ["Local:Data"] = app.DataFolder,
            ["Stripe:ApiBase"] = app.Sandbox.BaseUrl.AbsoluteUri,
            ["Stripe:ApiKey"] = "sk_test_sandbox",
            ["Stripe:WebhookSecrets"] = AppHost.WebhookSecret,
        };
}
