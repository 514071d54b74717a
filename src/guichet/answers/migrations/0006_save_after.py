from importlib import import_module

from django.db import migrations

# As in 0003, and a text may be written over the one that it grew from, though its author was never told that this had
# arrived: p_changes may hold "after", the keys of those batches.
SAVE = """
CREATE OR REPLACE FUNCTION public.answers_save(
  p_sheet bigint, p_changes jsonb, p_key text, p_by bigint, p_name text, p_at timestamptz
) RETURNS TABLE (path text, outcome text, version integer, value jsonb, changed_by text, changed_at timestamptz)
LANGUAGE plpgsql AS $$
#variable_conflict use_column
BEGIN
  PERFORM 1 FROM public.answers_sheet WHERE id = p_sheet FOR NO KEY UPDATE;
  IF EXISTS (SELECT 1 FROM public.answers_sheet WHERE id = p_sheet AND frozen_at IS NOT NULL) THEN
    RETURN QUERY SELECT ''::text, 'frozen'::text, 0, NULL::jsonb, ''::text, NULL::timestamptz;
    RETURN;
  END IF;
  RETURN QUERY
  WITH mine AS (
    SELECT c.path, NULLIF(c.value, 'null'::jsonb) AS value, c.seen, c.after
    FROM jsonb_to_recordset(p_changes) AS c(path text, value jsonb, seen integer, after text[])
  ), judged AS (
    SELECT m.path, m.value AS mine, now.version, now.value AS theirs, now.changed_by_name, now.changed_at, done.version AS done,
      CASE
        WHEN done.version IS NOT NULL AND done.value IS NOT DISTINCT FROM m.value THEN 'done'
        WHEN now.value IS NOT DISTINCT FROM m.value THEN 'same'
        WHEN now.version <> m.seen AND NOT EXISTS (
          SELECT 1 FROM public.answers_answerchange change
          WHERE change.sheet_id = p_sheet AND change.path = m.path AND change.version = now.version
            AND change.request_key = ANY (m.after) AND change.changed_by_id IS NOT DISTINCT FROM p_by
        ) THEN 'conflict'
        ELSE 'new'
      END AS verdict
    FROM mine m
    LEFT JOIN public.answers_answer now ON now.sheet_id = p_sheet AND now.path = m.path
    LEFT JOIN LATERAL (
      SELECT change.version, change.value FROM public.answers_answerchange change
      WHERE p_key <> '' AND change.request_key = p_key AND change.sheet_id = p_sheet AND change.path = m.path
      ORDER BY change.id DESC LIMIT 1
    ) done ON true
  ), written AS (
    INSERT INTO public.answers_answer AS a
      (sheet_id, path, value, version, changed_by_id, changed_by_name, changed_at)
    SELECT p_sheet, j.path, j.mine, COALESCE(j.version, 0) + 1, p_by, p_name, p_at FROM judged j WHERE j.verdict = 'new'
    ON CONFLICT (sheet_id, path) DO UPDATE SET value = EXCLUDED.value, version = EXCLUDED.version,
      changed_by_id = EXCLUDED.changed_by_id, changed_by_name = EXCLUDED.changed_by_name,
      changed_at = EXCLUDED.changed_at
  ), kept AS (
    INSERT INTO public.answers_answerchange
      (sheet_id, path, value, version, changed_by_id, changed_by_name, changed_at, request_key)
    SELECT p_sheet, j.path, j.mine, COALESCE(j.version, 0) + 1, p_by, p_name, p_at, p_key
    FROM judged j WHERE j.verdict = 'new'
  )
  SELECT j.path, CASE j.verdict WHEN 'conflict' THEN 'conflict' ELSE 'kept' END,
    CASE j.verdict WHEN 'done' THEN j.done WHEN 'new' THEN COALESCE(j.version, 0) + 1 ELSE COALESCE(j.version, 0) END,
    j.theirs, j.changed_by_name::text, j.changed_at
  FROM judged j;
END $$;
"""


def _before() -> str:
    save: str = import_module("guichet.answers.migrations.0003_save").SAVE
    return save.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")


class Migration(migrations.Migration):
    dependencies = [("answers", "0005_newest_changes")]

    operations = [migrations.RunSQL(SAVE, _before())]
