namespace Autopay.Application.Texts;

/// <summary>A sentence that is ready to be shown, and the code of what it says, which is the same in every language.
/// </summary>
public sealed record Sentence(Phrase Code, string Text);
