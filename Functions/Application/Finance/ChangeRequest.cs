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
