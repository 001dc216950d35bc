using System.Text;
using System.Text.Json;
using Autopay.Tests.App.EndToEnd;
using Autopay.Tests.Fixtures;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace Autopay.Tests.App.Identity;

/// <summary>
/// One running app as the platform guards it: Easy Auth is on, and who asks is in the header that it writes.
/// </summary>
public sealed class GuardedApp(AzuriteFixture azurite) : IAsyncLifetime
{
    public const string Collection = "One guarded app";
    public const string Tenant = "11111111-2222-3333-4444-555555555555";
    public const string Person = "aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee";
    public const string Header = "X-MS-CLIENT-PRINCIPAL";

    internal AppHost App { get; private set; } = null!;

    internal LogRecorder Log { get; } = new();

    public async ValueTask InitializeAsync()
    {
        App = await AppHost.StartAsync(
            azurite,
            "2020-01-21T08:01",
            builder =>
            {
                builder.Configuration.AddInMemoryCollection(
                    new Dictionary<string, string?>
                    {
                        ["WEBSITE_AUTH_ENABLED"] = "True",
                        ["Identity:TenantId"] = Tenant,
                    }
                );
                builder.Logging.AddProvider(Log);
            }
        );
        App.Http.DefaultRequestHeaders.Add(Header, Principal(["Importer"]));
        await App.ImportAsync("accounts", Csv.Accounts("A-1"));
        await App.IdleAsync();
        App.Http.DefaultRequestHeaders.Remove(Header);
    }

    public ValueTask DisposeAsync() => App.DisposeAsync();

    /// <summary>As Easy Auth writes it: Base64 of JSON.</summary>
    public static string Principal(IEnumerable<string> roles, string tenant = Tenant, string name = "somebody") =>
        Principal([
            ("http://schemas.microsoft.com/identity/claims/tenantid", tenant),
            ("http://schemas.microsoft.com/identity/claims/objectidentifier", Person),
            ("name", name),
            .. roles.Select(role => ("roles", role)),
        ]);

    public static string Principal(IEnumerable<(string Typ, string Val)> claims)
    {
        var principal = new
        {
            auth_typ = "aad",
            name_typ = "name",
            role_typ = "roles",
            claims = claims.Select(claim => new { typ = claim.Typ, val = claim.Val }),
        };
        return Convert.ToBase64String(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(principal)));
    }

    internal Task<Answer> SendAsync(
        string method,
        string path,
        string? json,
        params (string Name, string Value)[] headers
    )
    {
        var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (json is not null)
        {
            request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        }

        foreach (var (name, value) in headers)
        {
            request.Headers.Remove(name);
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return App.SendAsync(request);
    }

    internal Task<Answer> SendAsAsync(string role, string method, string path, string? json = null) =>
        SendAsync(method, path, json, (Header, Principal([role])));

    [CollectionDefinition(Collection)]
    public sealed class Definition : ICollectionFixture<GuardedApp>;
}
