using System;
using CrossAudit.Server.Platform.Search;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CrossAudit.Server.Platform.Data.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class Findings : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "suggested_sensitivity_level",
                table: "documents",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "version_findings",
                columns: table => new
                {
                    version_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    organization_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    found = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_version_findings", x => x.version_id);
                    table.ForeignKey(
                        name: "fk_version_findings_document_versions_version_id",
                        column: x => x.version_id,
                        principalTable: "document_versions",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.Sql(SearchIndexSql.ReadAgain("CAST(strftime('%s', 'now') AS INTEGER) * 1000000"));
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "version_findings");

            migrationBuilder.DropColumn(
                name: "suggested_sensitivity_level",
                table: "documents");
        }
    }
}
