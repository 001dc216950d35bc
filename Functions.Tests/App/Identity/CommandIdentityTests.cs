using Autopay.Application.Finance;
using Autopay.Hosting;
using Autopay.Hosting.Operator;
using Autopay.Tests.Fixtures;
using Azure.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Autopay.Tests.App.Identity;

/// <summary>Who a command is recorded as: whose identity reaches the books, and a name only on one machine.</summary>
public sealed class CommandIdentityTests
{
    private const string Who = $"{GuardedApp.Tenant}/{GuardedApp.Person}";

    private static readonly Dictionary<string, string?> OnAzure = new()
    {
        ["AutopayStorage:tableServiceUri"] = "https://money.table.core.windows.net",
        ["AutopayStorage:queueServiceUri"] = "https://money.queue.core.windows.net",
        ["AutopayStorage:blobServiceUri"] = "https://money.blob.core.windows.net",
        ["Identity:Authority"] = "https://login.microsoftonline.com/city/v2.0",
        ["Identity:Audience"] = "api://autopay",
        ["Identity:TenantId"] = GuardedApp.Tenant,
        ["Stripe:ApiKey"] = "sk_test_1",
        ["Stripe:Environment"] = "test",
        ["Stripe:WebhookSecrets"] = AppHost.WebhookSecret,
    };

    private static readonly Dictionary<string, string?> OnOneMachine = new()
    {
        ["AutopayStorage"] = "UseDevelopmentStorage=true",
    };

    [Fact]
    public async Task On_Azure_a_person_is_the_same_as_in_the_console()
    {
        var caller = await FindAsync(OnAzure, null, new OneToken(Token(("scp", "user_impersonation"))));

        Assert.Equal(new CommandCaller(Authority.OnCommandLine(Who), IsPerson: true), caller);
        Assert.True(Asked(caller.By).IsPreparedBy(new Authority(Who, "", default)));
    }

    [Theory]
    [InlineData("idtyp", "app")]
    [InlineData("appid", "5")]
    public async Task The_jobs_identity_is_nobody_and_names_its_start(string claim, string value)
    {
        Dictionary<string, string?> job = new(OnAzure)
        {
            ["CONTAINER_APP_JOB_EXECUTION_NAME"] = "job-operations-7f3k2",
        };

        var caller = await FindAsync(job, null, new OneToken(Token((claim, value))));

        Assert.Equal(new CommandCaller($"{Who} in job-operations-7f3k2 (command line)", IsPerson: false), caller);
    }

    [Fact]
    public async Task An_identity_that_says_it_is_an_app_is_nobody_whatever_else_it_says() =>
        Assert.False((await FindAsync(OnAzure, null, new OneToken(Token(("idtyp", "app"), ("scp", "all"))))).IsPerson);

    [Theory]
    [InlineData("opaque")]
    [InlineData("e30.e30.")]
    public async Task A_token_without_an_object_id_is_refused(string token) =>
        await Assert.ThrowsAsync<InvalidOperationException>(() => FindAsync(OnAzure, null, new OneToken(token)));

    [Fact]
    public async Task On_one_machine_one_says_who_one_is()
    {
        var caller = await FindAsync(OnOneMachine, " olga ", new OneToken("never asked"));

        Assert.Equal(new CommandCaller("olga (command line)", IsPerson: true), caller);
        foreach (var name in new[] { null, " ", "a\nb", new string('a', 101) })
        {
            await Assert.ThrowsAsync<BadRequestException>(() => FindAsync(OnOneMachine, name, new OneToken("")));
        }
    }

    [Fact]
    public async Task On_Azure_a_name_is_refused_before_anything_is_touched()
    {
        await using var printed = new StringWriter();

        var code = await Verbs.RunAsync(
            ["halt", "--reason", "looks wrong", "--as", "mayor"],
            new OperatorApp(printed, printed, new AzurePlace())
        );

        Assert.Equal(OperatorApp.WrongInput, code);
        Assert.StartsWith("--as is for books on one machine.", printed.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_app_asks_for_no_resume_where_two_people_resume()
    {
        await using var services = new ServiceCollection().AddSingleton(new Policies()).BuildServiceProvider();
        var call = new OperatorCall(services, Who, TextWriter.Null, CancellationToken.None) { IsPerson = false };

        var refusal = await Assert.ThrowsAsync<RefusedException>(() =>
            HaltCommands.ResumeAsync(call, new ChangeRequest(new Authority(Who, "was nothing", default)))
        );

        Assert.Contains("two people resume", refusal.Message, StringComparison.Ordinal);
    }

    private static Task<CommandCaller> FindAsync(
        Dictionary<string, string?> settings,
        string? name,
        TokenCredential credential
    ) =>
        new CommandIdentity(new ConfigurationBuilder().AddInMemoryCollection(settings).Build(), credential).FindAsync(
            name,
            null,
            CancellationToken.None
        );

    private static Approval Asked(string by) => new("1", new ChargingResumed(), "", new Authority(by, "", default));

    private static string Token(params (string Type, string Value)[] claims) =>
        new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(
            new SecurityTokenDescriptor
            {
                Claims = new Dictionary<string, object>(
                    claims.Select(claim => KeyValuePair.Create<string, object>(claim.Type, claim.Value))
                )
                {
                    ["tid"] = GuardedApp.Tenant,
                    ["oid"] = GuardedApp.Person,
                },
            }
        );

    private sealed class OneToken(string token) : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            new(token, DateTimeOffset.MaxValue);

        public override ValueTask<AccessToken> GetTokenAsync(
            TokenRequestContext requestContext,
            CancellationToken cancellationToken
        ) => ValueTask.FromResult(GetToken(requestContext, cancellationToken));
    }

    private sealed class AzurePlace : IOperatorPlace
    {
        public string? DefaultName => null;

        public void Configure(HostApplicationBuilder builder)
        {
            builder.Configuration.AddInMemoryCollection(OnAzure);
            builder.Services.AddSingleton<TokenCredential>(new OneToken(Token(("idtyp", "app"))));
        }

        public Task StartAsync(IServiceProvider services, CancellationToken cancel) => Task.CompletedTask;

        public Task StopAsync(IServiceProvider services) => Task.CompletedTask;
    }
}
