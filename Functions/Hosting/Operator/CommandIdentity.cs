using Azure.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.IdentityModel.JsonWebTokens;

namespace Autopay.Hosting.Operator;

/// <summary>Who runs a command, recorded with whatever it changes.</summary>
/// <param name="IsPerson">False of an app's identity, such as that of the job.</param>
internal sealed record CommandCaller(string By, bool IsPerson);

/// <summary>
/// Finds out who runs a command. Where the books are reached by an identity, it is that one's tenant and object id, as
/// over HTTP; a name is believed only where the books are on one machine.
/// </summary>
internal sealed class CommandIdentity(IConfiguration configuration, TokenCredential credential)
{
    /// <summary>What Azure calls this start of the job: its activity log says by whom.</summary>
    private const string Execution = "CONTAINER_APP_JOB_EXECUTION_NAME";
    private const int LongestName = 100;
    private static readonly TokenRequestContext Books = new(["https://storage.azure.com/.default"]);

    /// <param name="name">As it was given with the command.</param>
    /// <param name="defaultName">Null where nobody is known without a name.</param>
    /// <exception cref="BadRequestException">No name on one machine, or one on Azure.</exception>
    /// <exception cref="InvalidOperationException">The identity's token says not who it is.</exception>
    public async Task<CommandCaller> FindAsync(string? name, string? defaultName, CancellationToken cancel)
    {
        if (defaultName is not null || configuration[AutopayServices.StorageConnection] is { Length: > 0 })
        {
            return new CommandCaller(Named(name ?? defaultName), IsPerson: true);
        }

        return name is null
            ? Of((await credential.GetTokenAsync(Books, cancel)).Token)
            : throw new BadRequestException(
                "--as is for books on one machine. On Azure the identity that reaches them is recorded: leave it out."
            );
    }

    private static string Named(string? name) =>
        string.IsNullOrWhiteSpace(name) || name.Length > LongestName || name.Any(char.IsControl)
            ? throw new BadRequestException("--as: say who you are; it is recorded.")
            : Authority.OnCommandLine(name.Trim());

    // Whoever could forge this token could write the books themselves: the storage validates it.
    private CommandCaller Of(string token)
    {
        var claims = new JsonWebTokenHandler().CanReadToken(token) ? new JsonWebToken(token) : null;
        if (
            !Guid.TryParse(ValueOf(claims, "tid"), out var tenant) || !Guid.TryParse(ValueOf(claims, "oid"), out var id)
        )
        {
            throw new InvalidOperationException("The token of the identity that reaches the books has no object id.");
        }

        var isPerson = ValueOf(claims, "scp") is not null && ValueOf(claims, "idtyp") != "app";
        var start = configuration[Execution] is { Length: > 0 } execution ? $" in {execution}" : "";
        return new CommandCaller(Authority.OnCommandLine($"{tenant}/{id}{start}"), isPerson);
    }

    private static string? ValueOf(JsonWebToken? token, string type) =>
        token is not null && token.TryGetClaim(type, out var claim) ? claim.Value : null;
}
