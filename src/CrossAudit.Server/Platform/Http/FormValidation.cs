using System.ComponentModel.DataAnnotations;
using CrossAudit.Contracts.Errors;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CrossAudit.Server.Platform.Http;

/// <summary>Checks what came as form fields by the rules that the framework checks JSON bodies by.</summary>
internal static class FormValidation
{
    /// <summary>The problem with a record's fields, or null if they are as they should be.</summary>
    public static ProblemHttpResult? Check(object record)
    {
        var results = new List<ValidationResult>();
        if (Validator.TryValidateObject(record, new ValidationContext(record), results, validateAllProperties: true))
            return null;
        var errors = results
            .GroupBy(result => result.MemberNames.FirstOrDefault() ?? "")
            .ToDictionary(field => field.Key, field => field.Select(result => result.ErrorMessage ?? "It is not valid.").ToArray());
        return TypedResults.Problem(new HttpValidationProblemDetails(errors) { Status = StatusCodes.Status400BadRequest, Detail = "Some fields are not as they should be.", Extensions = { ["code"] = ErrorCodes.RequestInvalid } });
    }
}
