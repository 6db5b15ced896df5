using System.CommandLine;
using CrossAudit.Bench;

var bench = new RootCommand("Measures CrossAudit. Each figure that counts is a ratio of two things measured in one run.")
{
    Measurement.Command("login-flood", "What a flood of sign-ins does to everybody else.", LoginFlood.RunAsync),
    Measurement.Command("upload", "An upload of 100 MB: memory, and speed against copying and hashing the same file.", Uploading.RunAsync),
    Measurement.Command("refresh", "Renewing sessions, against signing in.", Refreshing.RunAsync),
    Measurement.Command("search", "Indexing and searching 1,000 and 100,000 passages.", Searching.RunAsync),
    SearchQuality.Command(),
    AccessChecks.Command(),
    Starting.Command(),
    Auditing.Command(),
    Killing.Command(),
};
return await bench.Parse(args).InvokeAsync();
