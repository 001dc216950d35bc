namespace Autopay.Hosting.Identity;

/// <summary>The app roles of the directory; each may read, and may do what its line says.</summary>
public enum Role
{
    /// <summary>Reads.</summary>
    Viewer,

    /// <summary>Sends files.</summary>
    Importer,

    /// <summary>Sets the controls and changes accounts.</summary>
    Preparer,

    /// <summary>Decides what is in review and gives money back.</summary>
    Approver,

    /// <summary>Halts, resumes, replays and runs what the timers run.</summary>
    Operator,

    /// <summary>Reads, the histories included.</summary>
    Auditor,
}
