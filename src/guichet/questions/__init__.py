"""The form engine: questions, conditions, calculations. No tables, no requests.

What lives here: what a form is (``definitions``), what each kind of question can do (``fields/<type>/``), the language
of conditions (``rules/<rule>.py`` for what is true or false, ``terms/<term>.py`` for what has a value), answers seen
through a form (``context``), which checks run when (``engine``), forms bound for a page (``pages``) and the arithmetic
of costs (``costs``). Answers themselves are kept by ``answers``; packages are read by ``programs``.

A section page, from request to page::

    ctx = Context(form, queries.values(sheet), numbers=edition.numbers, profile=profile_ctx)
    section = form.section("activities")
    posted = engine.read_post(section, request.POST)             # {path: value}, rows added and removed included
    seen = engine.read_seen(request.POST)                        # {path: version last seen}
    saved = applications.actions.save_answers(..., changes=engine.changes(posted, seen), ...)
    ctx = ctx.with_values(queries.values(sheet))
    problems = (*posted.refused, *engine.problems(ctx, level="save", section=section))
    bound = pages.bind(ctx, section, "fr", problems=problems, versions=versions, typed=posted.typed)
    # template: <input type="hidden" name="seen" value="{{ bound.seen }}">
    #           {% questions bound.questions %}
"""
