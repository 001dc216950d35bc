using Autopay.Application.Ports.Books;

namespace Autopay.Application.Finance;

/// <summary>Who asks for a change of the controls, and on which terms.</summary>
public sealed record ChangeRequest(Authority Authority)
{
    /// <summary>The version that the person saw: of another one nothing is changed. Null: of any.</summary>
    public long? ExpectedVersion { get; init; }

    /// <summary>Under which the same wish is granted once, however often it is sent; null: each time.</summary>
    public ChangeOperation? Operation { get; init; }
}

/// <param name="IsRepeat">It was done before, under the same operation; now nothing was changed.</param>
public sealed record ChangeAnswer(Controls Controls, bool IsRepeat);

/// <summary>The controls are not what the person saw any more; nothing was changed.</summary>
/// <param name="version">The one that they are now.</param>
/// <param name="changes">What was changed since the one that the person saw, oldest first.</param>
public sealed class ChangedMeanwhileException(long version, IReadOnlyList<ControlsHistoryRow> changes)
    : RefusedException("The city's controls are not what you saw: somebody has changed them. Look and try again.")
{
    public long Version => version;

    public IReadOnlyList<ControlsHistoryRow> Changes => changes;
}
