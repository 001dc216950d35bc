namespace Autopay.Hosting.Identity;

/// <summary>
/// Nobody may, or this caller may not; the message says what was expected and nothing about the inside.
/// </summary>
public sealed class AccessDeniedException(int status, string message) : Exception(message)
{
    public int Status => status;
}
