using Azure.Identity;

namespace Autopay.Hosting.Settings;

/// <summary>Why the vault gave nothing. Azure's messages carry headers and bodies: the kind and the code say enough.
/// </summary>
internal static class VaultFailure
{
    /// <returns>Null of a failure that is none of the vault's.</returns>
    public static string? Of(Exception failure) =>
        failure switch
        {
            AggregateException { InnerExceptions: [.., var inner] } => Of(inner),
            Azure.RequestFailedException refused => $"{refused.Status} {refused.ErrorCode}",
            AuthenticationFailedException or IOException or HttpRequestException or OperationCanceledException =>
                failure.GetType().Name,
            _ => null,
        };
}
